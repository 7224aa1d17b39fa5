-- Question: how many tasks had each campaign and each person, and have now?
-- Grain:    one row per kind (`campaign`, `person`) and key.
-- Params:   as compare.sql
with told as (
    select 1 as was, 0 as is_now, campaign, assignee_id
    from read_parquet($before, hive_partitioning = false)
    where unit_id in (select unnest(from_json($units, '["VARCHAR"]')))
    union all
    select 0, 1, campaign, assignee_id
    from read_parquet($after, hive_partitioning = false)
    where unit_id in (select unnest(from_json($units, '["VARCHAR"]')))
),
final as (
    select 'campaign' as kind, campaign as key, sum(was)::integer as before,
        sum(is_now)::integer as after
    from told group by campaign
    union all
    select 'person', assignee_id, sum(was)::integer, sum(is_now)::integer
    from told group by assignee_id
)
select * from final order by kind, key
