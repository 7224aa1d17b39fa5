-- Question: a page of the decisions behind a number, most urgent first.
-- Grain:    one row per candidate.
-- Params:   as decisions-by-subscriber.sql, with $after_value the priority where the page before ended
with asked as (
    select *, subscriber_id || ' ' || campaign as place, coalesce(priority, 0) as urgency
    from read_parquet($path, hive_partitioning = false)
    where ($outcome::varchar is null or outcome = $outcome)
        and ($reason::varchar is null or reason = $reason)
        and ($campaign::varchar is null or campaign = $campaign)
        and unit_id in (select unnest(from_json($units, '["VARCHAR"]')))
),
final as (
    select subscriber_id as "subscriberId", household_id as "householdId", unit_id as "unitId",
        campaign, outcome, reason, reason_values as "reasonValues", until, priority, reasons,
        task_id as "taskId", place as id, urgency as key
    from asked
    where $after_id::varchar is null or urgency < $after_value::double
        or (urgency = $after_value::double and place > $after_id)
    order by urgency desc, place
    limit $limit::integer
)
select * from final order by key desc, id
