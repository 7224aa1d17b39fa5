-- Question: which new contacts does a file tell, as the ledger keeps them?
-- Grain:    one row per contact; a refusal without a scope is one of everything.
-- Reads:    work.new_contact
select
    contact_id,
    subscriber_id,
    household_id,
    strftime("at", '%Y-%m-%d %H:%M:%S') || '+08:00' as happened_at,
    "at"::date as day,
    channel,
    coalesce(direction, case when channel = 'call_in' then 'in' else 'out' end) as direction,
    purpose,
    staff_id,
    result,
    reason,
    case when result = 'refused' then coalesce(scope, 'all') else scope end as scope,
    offer,
    "until",
    note
from work.new_contact
order by contact_id
