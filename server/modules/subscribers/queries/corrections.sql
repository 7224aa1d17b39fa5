-- Question: which corrections of the branch stand?
-- Grain:    one row per correction; a field of a subscriber has one at most.
-- Params:   $corrections, a JSON list
create or replace table work.correction as
with told as (
    select unnest(from_json(
        $corrections,
        '[{"correction_id": "VARCHAR", "subscriber_id": "VARCHAR", "field": "VARCHAR", "said": "VARCHAR"}]'
    )) as one
)
select told.one.correction_id, told.one.subscriber_id, told.one.field, told.one.said from told
