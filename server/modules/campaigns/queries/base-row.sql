-- Question: what is known of one subscriber?
-- Grain:    one row, or none
-- Params:   $subscriber
select * from published.base where subscriber_id = $subscriber
