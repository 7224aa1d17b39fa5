-- Question: which households come onto the lists, leave them, stay, and go to somebody else?
-- Grain:    one row.
-- Params:   $before, $after files of tasks; $units JSON array of those in scope
with before as (
    select household_id, min(assignee_id) as assignee_id
    from read_parquet($before, hive_partitioning = false)
    where unit_id in (select unnest(from_json($units, '["VARCHAR"]')))
    group by household_id
),
after as (
    select household_id, min(assignee_id) as assignee_id
    from read_parquet($after, hive_partitioning = false)
    where unit_id in (select unnest(from_json($units, '["VARCHAR"]')))
    group by household_id
),
final as (
    select count(*) filter (before.household_id is null)::integer as appeared,
        count(*) filter (after.household_id is null)::integer as gone,
        count(*) filter (before.assignee_id = after.assignee_id)::integer as kept,
        count(*) filter (before.assignee_id <> after.assignee_id)::integer as moved
    from before full join after on after.household_id = before.household_id
)
select * from final
