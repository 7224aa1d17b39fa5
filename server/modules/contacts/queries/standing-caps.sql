-- Question: which households were touched so often that they are left alone, and until when?
-- Grain:    one row per household and touchpoint, or per household where touchpoint is null and
--           all are meant; `until` is the first day on which one more touch is allowed
-- Reads:    published.touch_counts
-- Params:   $per_channel, $channel_days, $in_total, $total_days
create or replace table published.standing_caps as
with by_channel as (
    select
        household_id, touchpoint, touches_in_channel_days as touches,
        days[$per_channel::integer] + $channel_days::integer as "until"
    from published.touch_counts
    where touches_in_channel_days >= $per_channel::integer
),
totals as (
    select
        household_id,
        list_sort(flatten(list(days)), 'DESC') as days,
        sum(touches_in_total_days)::integer as touches
    from published.touch_counts
    group by household_id
),
final as (
    select household_id, touchpoint, touches, "until" from by_channel
    union all
    select household_id, null, touches, days[$in_total::integer] + $total_days::integer
    from totals
    where touches >= $in_total::integer
)
select * from final
