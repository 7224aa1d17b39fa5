-- Question: a page of the decisions behind a number, by subscriber.
-- Grain:    one row per candidate.
-- Params:   $path of the file; $outcome, $reason, $campaign, null for any; $units JSON array of those
--           in scope; $after the subscriber and campaign where the page before ended, as one text, or
--           null; $limit
with asked as (
    select *, subscriber_id || ' ' || campaign as place
    from read_parquet($path, hive_partitioning = false)
    where ($outcome::varchar is null or outcome = $outcome)
        and ($reason::varchar is null or reason = $reason)
        and ($campaign::varchar is null or campaign = $campaign)
        and unit_id in (select unnest(from_json($units, '["VARCHAR"]')))
),
final as (
    select subscriber_id as "subscriberId", household_id as "householdId", unit_id as "unitId",
        campaign, outcome, reason, reason_values as "reasonValues", until, priority, reasons,
        task_id as "taskId", place as id, place as key
    from asked
    where $after_id::varchar is null or place > $after_id
    order by place
    limit $limit::integer
)
select * from final order by id
