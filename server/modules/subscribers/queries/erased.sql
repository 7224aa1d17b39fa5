-- Question: who is erased?
-- Grain:    one row per subscriber.
-- Params:   $ids, a JSON list
create or replace table work.erased as
select unnest(from_json($ids, '["VARCHAR"]')) as subscriber_id
