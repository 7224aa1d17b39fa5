-- Question: what became of every candidate? Kept beside the snapshot that it rests on.
-- Grain:    one row per candidate (subscriber and campaign), in that order.
-- Reads:    work.decision, work.fated, work.crew
-- Params:   $path of the file, $branch whose own is what lives in no unit of the day
copy (
    with final as (
        select decision.subscriber_id, decision.household_id,
            coalesce(crew.unit_id, $branch) as unit_id,
            decision.campaign, decision.version,
            coalesce(fated.outcome, decision.outcome) as outcome,
            coalesce(decision.reason, fated.code) as reason,
            coalesce(decision.reason_values, fated.why_values) as reason_values,
            decision.until, decision.priority, decision.p, decision.c, decision.v, decision.l,
            decision.reasons, fated.task_id, fated.assignee_id, fated.assignee_unit_id,
            fated.touchpoint
        from work.decision as decision
        left join work.crew as crew on crew.unit_id = decision.unit_id
        left join work.fated as fated
            on fated.subscriber_id = decision.subscriber_id
            and fated.campaign = decision.campaign
    )
    select * from final order by subscriber_id, campaign
) to ($path) (format parquet, compression zstd, row_group_size 122880)
