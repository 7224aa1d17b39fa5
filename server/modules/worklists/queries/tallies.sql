-- Question: how many subscribers and decisions of each kind does each unit have?
-- Grain:    one row per unit, campaign, outcome and reason; outcome `base` counts subscribers.
-- Reads:    work.crew, published.subscribers, published.places
-- Params:   $decisions the file of the plan, $branch whose own is what lives in no unit of the day
with homes as (
    select coalesce(crew.unit_id, $branch) as unit_id
    from published.subscribers as subscribers
    left join published.places as places on places.division_code = subscribers.place_code
    left join work.crew as crew on crew.unit_id = coalesce(places.grid_id, subscribers.unit_id)
),
base as (
    select unit_id, '' as campaign, 'base' as outcome, '' as reason, count(*)::integer as how_many
    from homes
    group by unit_id
),
decisions as (
    select unit_id, campaign, outcome,
        case when outcome in ('suppressed', 'unassigned') then reason else '' end as reason,
        count(*)::integer as how_many
    from read_parquet($decisions, hive_partitioning = false)
    group by all
),
final as (
    select * from base
    union all
    select * from decisions
)
select unit_id as "unitId", campaign, outcome, reason, how_many as "count" from final
order by unit_id, campaign, outcome, reason
