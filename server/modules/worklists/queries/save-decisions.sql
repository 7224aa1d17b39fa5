-- Question: the decisions of a plan, to be kept beside the snapshot they rest on.
-- Grain:    one row per candidate, in order of subscriber and campaign.
-- Reads:    work.decided
-- Params:   $path of the file
copy (
    select decided.subscriber_id, decided.household_id, decided.unit_id, decided.campaign,
        decided.version, decided.outcome, decided.reason, decided.reason_values, decided.until,
        decided.priority, decided.p, decided.c, decided.v, decided.l, decided.reasons,
        decided.task_id, decided.assignee_id, decided.assignee_unit_id, decided.touchpoint
    from work.decided as decided
    order by decided.subscriber_id, decided.campaign
) to ($path) (format parquet, compression zstd, row_group_size 122880)
