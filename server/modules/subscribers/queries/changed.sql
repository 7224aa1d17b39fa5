-- Question: who is in both snapshots and changed?
-- Grain:    one row per subscriber.
-- Reads:    work.moved
create or replace view work.changed as
select moved.subscriber_id from work.moved where moved.fate = 'changed'
