-- Question: the tasks of a plan with everything a list shows.
-- Grain:    one row per task, in order of assignee and visit.
-- Reads:    work.fated, work.decision, work.crew, work.visit (the windows), published.subscribers
-- Params:   $path of the file, $branch, $day of the plan, $usual_due_on where no contract sets the day
copy (
    with final as (
        select fated.task_id, decision.branch_id, decision.subscriber_id, decision.household_id,
            coalesce(crew.unit_id, $branch) as unit_id,
            decision.campaign, fated.touchpoint, fated.assignee_id, fated.assignee_unit_id,
            fated.visit_order, visit.window_start, visit.window_end,
            case when visit.is_by_contract and decision.contract_end >= $day::date
                then decision.contract_end else $usual_due_on::date end as due_on,
            decision.offer, decision.priority, decision.v as value_fen, decision.reasons,
            visit.season, decision.place_name, decision.town_name,
            subscribers.install_address
        from work.fated as fated
        join work.decision as decision
            on decision.subscriber_id = fated.subscriber_id
            and decision.campaign = fated.campaign
        join work.visit as visit
            on visit.campaign = fated.campaign and visit.touchpoint = fated.touchpoint
            and visit.town_code is not distinct from decision.town_code
        left join work.crew as crew on crew.unit_id = decision.unit_id
        left join published.subscribers as subscribers
            on subscribers.subscriber_id = fated.subscriber_id
        where fated.outcome = 'assigned'
    )
    select * from final order by assignee_id, visit_order
) to ($path) (format parquet, compression zstd)
