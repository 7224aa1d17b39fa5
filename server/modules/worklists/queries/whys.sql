-- Question: for which reasons did anybody stay unassigned?
-- Grain:    one row per reason with its values.
-- Params:   $rows JSON
create or replace table work.why as
with final as (
    select unnest(
        from_json($rows, '[{"why":"INTEGER","code":"VARCHAR","why_values":"VARCHAR"}]'),
        recursive := true
    )
)
select * from final
