-- Question: the tasks of a plan with everything a list shows.
-- Grain:    one row per task, in order of assignee and visit.
-- Reads:    work.decided, work.wish, work.visit (the windows), published.subscribers
-- Params:   $path of the file, $day of the plan, $usual_due_on where no contract sets the day
copy (
    select decided.task_id, decided.branch_id, decided.subscriber_id, decided.household_id,
        decided.unit_id, decided.campaign, decided.touchpoint, decided.assignee_id,
        decided.assignee_unit_id, decided.visit_order, visit.window_start, visit.window_end,
        case when visit.is_by_contract and decided.contract_end >= $day::date
            then decided.contract_end else $usual_due_on::date end as due_on,
        decided.offer, decided.priority, decided.v as value_fen, decided.reasons, visit.season,
        decided.place_name, decided.town_name,
        subscribers.customer_name,
        coalesce(subscribers.contact_phone, subscribers.service_number) as contact_phone,
        subscribers.install_address
    from work.decided as decided
    join work.visit as visit
        on visit.campaign = decided.campaign and visit.touchpoint = decided.touchpoint
        and visit.town_code is not distinct from decided.town_code
    left join published.subscribers as subscribers
        on subscribers.subscriber_id = decided.subscriber_id
    where decided.outcome = 'assigned'
    order by decided.assignee_id, decided.visit_order
) to ($path) (format parquet, compression zstd)
