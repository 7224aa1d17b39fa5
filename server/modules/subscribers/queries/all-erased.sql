-- Question: whom does a snapshot know?
-- Grain:    one row per subscriber
-- Reads:    a snapshot
-- Params:   $file, its path
create or replace table work.erased as
select subscriber_id from read_parquet($file)
