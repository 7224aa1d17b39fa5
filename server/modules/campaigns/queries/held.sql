-- Question: to which households does somebody come already, as was promised or tried before?
-- Grain:    one row per household
-- Params:   $homes JSON
create or replace table work.held as
with told as (
    select unnest(
        from_json($homes, '[{"householdId":"VARCHAR","on":"DATE"}]'),
        recursive := true
    )
),
final as (
    select "householdId" as household_id, min("on") as held_on
    from told
    group by "householdId"
)
select * from final
