-- Question: what is known of one subscriber?
-- Grain:    one row, or none
-- Params:   $subscriber
-- The row’s own hash is nobody’s to read, and too large a number to be handed out.
select columns(name -> name <> 'row_hash') from published.base where subscriber_id = $subscriber
