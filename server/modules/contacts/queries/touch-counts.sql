-- Question: how often was each household touched for marketing just before a day?
-- Grain:    one row per household and touchpoint; only touches that reached somebody count, and
--           only those that we began
-- Reads:    published.contacts
-- Params:   $day, $channel_days, $total_days: a touch on D counts for so many days, D the first
create or replace table published.touch_counts as
with touches as (
    select
        household_id, day,
        case channel
            when 'call_in' then 'call_out'
            when 'wecom' then 'online'
            when 'wechat' then 'online'
            else channel
        end as touchpoint
    from published.contacts
    where purpose = 'marketing' and direction = 'out' and household_id is not null
        and result not in ('not_reached', 'no_answer', 'wrong_data')
        and day < $day::date
        and day > $day::date - greatest($channel_days::integer, $total_days::integer)
),
final as (
    select
        household_id, touchpoint,
        list_sort(list(day), 'DESC') as days,
        (count(*) filter (where day > $day::date - $channel_days::integer))::integer
            as touches_in_channel_days,
        (count(*) filter (where day > $day::date - $total_days::integer))::integer
            as touches_in_total_days
    from touches
    group by household_id, touchpoint
)
select * from final
