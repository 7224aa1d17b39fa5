-- Question: how many decisions are behind a number?
-- Grain:    one row; counted up to $limit.
-- Params:   as decisions-by-subscriber.sql
with asked as (
    select 1
    from read_parquet($path, hive_partitioning = false)
    where ($outcome::varchar is null or outcome = $outcome)
        and ($reason::varchar is null or reason = $reason)
        and ($campaign::varchar is null or campaign = $campaign)
        and unit_id in (select unnest(from_json($units, '["VARCHAR"]')))
    limit $limit::integer
)
select count(*)::integer as total from asked
