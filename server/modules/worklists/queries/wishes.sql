-- Question: through which touchpoints, in which campaign and town, does anybody want to be met?
-- Grain:    one row per campaign, list of touchpoints and town among the eligible; `wish` from 0.
-- Reads:    work.decision
create or replace table work.wish as
with found as (
    select distinct decision.campaign, array_to_string(decision.touchpoints, ' ') as touchpoints,
        decision.town_code
    from work.decision as decision
    where decision.outcome = 'eligible'
),
final as (
    select (row_number() over (order by campaign, touchpoints, town_code nulls first) - 1)::integer
            as wish,
        campaign, touchpoints, town_code
    from found
)
select * from final order by wish
