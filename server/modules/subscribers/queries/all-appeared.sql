-- Question: who appeared with the first snapshot of a branch?
-- Grain:    one row per subscriber.
-- Reads:    the snapshot
-- Params:   $after, its path
create or replace table work.moved as
select subscriber_id, 'appeared' as fate from read_parquet($after)
