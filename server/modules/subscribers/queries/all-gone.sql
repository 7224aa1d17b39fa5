-- Question: who is gone when the first snapshot of a branch is withdrawn?
-- Grain:    one row per subscriber.
-- Reads:    the snapshot
-- Params:   $before, its path
create or replace table work.moved as
select subscriber_id, 'gone' as fate from read_parquet($before)
