-- Question: in which town, village and building do some of the eligible live?
-- Grain:    one row per candidate asked about, in order of number.
-- Reads:    work.demand, work.decision
-- Params:   $asked JSON array of their numbers
with asked as (
    select unnest(from_json($asked, '["INTEGER"]')) as place
),
final as (
    select asked.place as number, decision.town_code as town, decision.place_code,
        decision.building::varchar as building
    from asked
    join work.demand as demand on demand.place = asked.place
    join work.decision as decision
        on decision.subscriber_id = demand.subscriber_id and decision.campaign = demand.campaign
)
select number, town, place_code as place, building from final order by number
