-- Question: which homes has everybody left whom anything still identifies?
-- Grain:    one row per subscriber, household and address.
-- Params:   $homes, a JSON list
create or replace table work.left_home as
select home.subscriber_id, home.household_id, home.address
from (
    select unnest(
        from_json($homes, '[{"subscriber_id": "VARCHAR", "household_id": "VARCHAR", "address": "VARCHAR"}]'),
        recursive := true
    )
) as home
