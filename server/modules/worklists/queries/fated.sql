-- Question: what became of everybody who was eligible?
-- Grain:    one row per eligible candidate (subscriber and campaign).
-- Reads:    work.fate (what the assignment said, by number), work.demand, work.member, work.why
-- Params:   $plan the plan’s id
create or replace table work.fated as
with named as (
    select demand.subscriber_id, demand.campaign, fate.touchpoint, fate.visit_order,
        member.staff_id as assignee_id, member.unit_id as assignee_unit_id, why.code,
        why.why_values
    from work.fate as fate
    join work.demand as demand on demand.place = fate.place
    left join work.member as member on member.person = fate.person
    left join work.why as why on why.why = fate.why
),
final as (
    select named.*,
        case when assignee_id is null then 'unassigned' else 'assigned' end as outcome,
        case when assignee_id is not null then
            left(sha256($plan || '|' || campaign || '|' || touchpoint || '|' || subscriber_id), 24)
        end as task_id
    from named
)
select * from final
