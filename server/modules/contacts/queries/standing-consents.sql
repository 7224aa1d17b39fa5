-- Question: what did each subscriber agree to and forbid, by the latest word on each subject?
-- Grain:    one row per subscriber who said anything; null where nothing was said
-- Params:   $csv, a file with a header: subscriber_id, subject, channel, answer
create or replace table published.standing_consents as
select
    subscriber_id,
    any_value(answer = 'yes') filter (where subject = 'marketing' and channel is null) as to_marketing,
    any_value(answer = 'yes') filter (where subject = 'marketing' and channel = 'sms') as to_messages,
    any_value(answer = 'yes') filter (where subject = 'marketing' and channel = 'call') as to_calls,
    any_value(answer = 'no') filter (where subject = 'personalisation') as do_not_personalise,
    any_value(answer = 'yes') filter (where subject = 'port-out') as asks_port_out
from read_csv($csv, header = true, delim = ',', quote = '"', escape = '"', columns = {
    subscriber_id: 'VARCHAR', subject: 'VARCHAR', channel: 'VARCHAR', answer: 'VARCHAR'
})
group by subscriber_id
