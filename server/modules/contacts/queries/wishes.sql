-- Question: what does the latest extract say on touching these subscribers?
-- Grain:    one row per subscriber that it knows; null where it says nothing
-- Reads:    published.subscribers
-- Params:   $ids, a JSON list
select
    subscriber_id as id,
    status = 'terminated' as has_left,
    has_port_request as asks_port_out,
    unsubscribe_time is not null as unsubscribed,
    consent_sms as to_messages,
    consent_call as to_calls
from published.subscribers
where subscriber_id in (select unnest(from_json($ids, '["VARCHAR"]')))
