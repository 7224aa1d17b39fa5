-- Question: what did the file of a snapshot say, before anything was made to follow from it?
-- Grain:    one row per subscriber.
-- Reads:    work.said: the snapshot, with the number of each row
create or replace view work.converted as
select said.*
    exclude (
        household_source, contract_end, contract_end_source, place_code, town_code, unit_id, building, floor,
        room, door_order
    )
    replace (case when said.household_source = 'delivered' then said.household_id end as household_id)
from work.said
