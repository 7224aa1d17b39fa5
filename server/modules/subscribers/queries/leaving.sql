-- Question: whose cards go?
-- Grain:    one row per subscriber.
-- Reads:    work.moved
select moved.subscriber_id from work.moved where moved.fate = 'gone'
