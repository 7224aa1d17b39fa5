-- Question: which number has each person in the assignment?
-- Grain:    one row per person who works on the day.
-- Params:   $rows JSON
create or replace table work.member as
with final as (
    select unnest(
        from_json($rows, '[{"person":"INTEGER","staff_id":"VARCHAR","unit_id":"VARCHAR"}]'),
        recursive := true
    )
)
select * from final
