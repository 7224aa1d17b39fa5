-- Question: what became of every candidate?
-- Grain:    one row per candidate (subscriber and campaign).
-- Reads:    work.decision, work.demand, work.fate (what the assignment said), work.member, work.why,
--           work.crew
-- Params:   $plan the plan’s id, $branch whose own is what lives in no unit of the day
create or replace table work.decided as
with fates as (
    select demand.subscriber_id, demand.campaign, fate.touchpoint, fate.visit_order,
        member.staff_id, member.unit_id as staff_unit_id, why.code, why.why_values
    from work.fate as fate
    join work.demand as demand on demand.place = fate.place
    left join work.member as member on member.person = fate.person
    left join work.why as why on why.why = fate.why
),
final as (
    select decision.branch_id, decision.subscriber_id, decision.household_id,
        coalesce(crew.unit_id, $branch) as unit_id,
        decision.campaign, decision.version,
        case when decision.outcome <> 'eligible' then decision.outcome
            when fates.staff_id is null then 'unassigned'
            else 'assigned' end as outcome,
        coalesce(decision.reason, fates.code) as reason,
        coalesce(decision.reason_values, fates.why_values) as reason_values,
        decision.until, decision.priority, decision.p, decision.c, decision.v, decision.l,
        decision.offer, decision.contract_end, decision.place_name, decision.town_name,
        decision.town_code, decision.reasons,
        case when fates.staff_id is not null then
            left(sha256($plan || '|' || decision.campaign || '|' || fates.touchpoint || '|'
                || decision.subscriber_id), 24) end as task_id,
        fates.staff_id as assignee_id, fates.staff_unit_id as assignee_unit_id, fates.touchpoint,
        fates.visit_order
    from work.decision as decision
    left join work.crew as crew on crew.unit_id = decision.unit_id
    left join fates
        on fates.subscriber_id = decision.subscriber_id and fates.campaign = decision.campaign
)
select * from final
