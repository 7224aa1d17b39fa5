-- Question: who wants to be met, in which order of priority, and where along the route?
-- Grain:    one row per eligible candidate; `place` (by priority) and `route` count from 0.
-- Reads:    work.decision, work.wish, work.crew
create or replace table work.demand as
with eligible as (
    select decision.subscriber_id, decision.campaign, decision.priority, decision.town_code,
        decision.place_code, decision.unit_id, decision.door_order, decision.building,
        decision.unit_no, decision.floor, decision.room,
        array_to_string(decision.touchpoints, ' ') as touchpoints
    from work.decision as decision
    where decision.outcome = 'eligible'
),
branch as (
    select crew as branch_crew from work.crew where is_branch
),
final as (
    select
        (row_number() over (
            order by eligible.priority desc, eligible.campaign, eligible.subscriber_id
        ) - 1)::integer as place,
        (row_number() over (
            order by eligible.town_code nulls last, eligible.place_code nulls last,
                eligible.door_order nulls last, eligible.building nulls last,
                try_cast(regexp_extract(eligible.unit_no, '\d+') as integer) nulls last,
                eligible.unit_no nulls last, eligible.floor nulls last,
                try_cast(regexp_extract(eligible.room, '\d+') as integer) nulls last,
                eligible.room nulls last, eligible.subscriber_id, eligible.campaign
        ) - 1)::integer as route,
        coalesce(crew.crew, branch.branch_crew) as crew,
        wish.wish,
        eligible.subscriber_id, eligible.campaign
    from eligible
    cross join branch
    join work.wish as wish
        on wish.campaign = eligible.campaign and wish.touchpoints = eligible.touchpoints
        and wish.town_code is not distinct from eligible.town_code
    left join work.crew as crew on crew.unit_id = eligible.unit_id
)
select * from final
