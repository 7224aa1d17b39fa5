-- Question: what is known of one subscriber?
-- Grain:    one row, or none
-- Params:   $subscriber
-- The row’s own hash is nobody’s to read, and too large a number to be handed out.
select columns(lambda name: name not in ('row_hash', 'household_key')) from published.base where subscriber_id = $subscriber
