-- Question: which households have refused, what, and until when, on a day?
-- Grain:    one row per refusal that stands and household it holds for; `until` is the first day
--           on which it no longer does (refusals.ts says the rule, and the tests compare the two)
-- Reads:    published.contacts
-- Params:   $day; $months that a refusal holds at least
create or replace table published.standing_refusals as
with refusals as (
    select
        branch_id, contact_id, subscriber_id, household_id, recorded_household_id, scope, channel,
        offer, day as since,
        greatest((day + to_months($months::integer))::date, coalesce("until", day)) as "until"
    from published.contacts
    where result = 'refused' and day <= $day::date
),
standing as (
    select * from refusals where "until" > $day::date
),
final as (
    select * exclude (recorded_household_id) from standing
    where household_id is not null
    union by name
    select * exclude (household_id, recorded_household_id), recorded_household_id as household_id
    from standing
    where recorded_household_id is not null and recorded_household_id is distinct from household_id
)
select branch_id, contact_id, subscriber_id, household_id, scope, channel, offer, since, "until",
    case channel
        when 'call_in' then 'call_out'
        when 'wecom' then 'online'
        when 'wechat' then 'online'
        else channel
    end as touchpoint
from final
