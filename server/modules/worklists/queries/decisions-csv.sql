-- Question: decisions.csv, as it is handed on.
-- Grain:    one row per candidate, in order of subscriber and campaign.
-- Params:   $decisions the file of the plan, $path of the CSV. An id that a spreadsheet would run as
--           a formula gets an apostrophe.
copy (
    with decisions as (
        select case when regexp_matches(subscriber_id, '^[=+\-@\t\r＝＋－＠]')
                and not regexp_full_match(subscriber_id, '[+-]?\d+(\.\d+)?')
            then '''' || subscriber_id else subscriber_id end as shown_id,
            subscriber_id as sorted_by, campaign, outcome, reason, until, task_id
        from read_parquet($decisions, hive_partitioning = false)
    ),
    final as (
        select shown_id as subscriber_id, campaign, outcome, reason, until, task_id
        from decisions
        order by sorted_by, campaign
    )
    select * from final
) to ($path) (format csv, header false)
