-- Question: what may nobody market to a household, and until when?
-- Grain:    one row per household that has refused something or was touched often enough
-- Reads:    published.standing_refusals, published.standing_caps (rules: refusals.ts of contacts)
create or replace table work.closure as
with reach as (
    -- Every refusal closes the door; the rest goes by its scope.
    select household_id, since, "until", offer,
        case
            when scope = 'all' or (scope = 'offer' and offer is null)
                then ['door', 'call_out', 'hall', 'installer', 'sms', 'online']
            when scope = 'channel' then list_distinct(['door', touchpoint])
            else ['door']
        end as closed,
        case when scope = 'offer' then offer end as closed_offer
    from published.standing_refusals
),
refused as (
    select
        household_id,
        list_distinct(flatten(list(closed))) as refused,
        coalesce(list_sort(list(distinct closed_offer) filter (where closed_offer is not null)), [])
            as refused_offers,
        max("until") as refused_until,
        arg_max(since, ("until", since)) as refused_since
    from reach
    group by household_id
),
capped as (
    select
        household_id,
        coalesce(list(touchpoint) filter (where touchpoint is not null), []) as capped,
        coalesce(bool_or(touchpoint is null), false) as capped_all,
        max("until") as capped_until,
        max(touches)::integer as touches
    from published.standing_caps
    group by household_id
),
final as (
    select
        household_id,
        coalesce(refused, []) as refused,
        coalesce(refused_offers, []) as refused_offers,
        refused_until, refused_since,
        coalesce(capped, []) as capped,
        coalesce(capped_all, false) as capped_all,
        capped_until, touches
    from refused
    full join capped using (household_id)
)
select * from final
