-- Question: how many subscribers have an address that is no known place, and who is one of them?
-- Grain:    one row.
-- Reads:    the snapshot
-- Params:   $file, its path
select count(*)::integer as unplaced, min(described.subscriber_id) as subscriber
from read_parquet($file) as described
where described.place_code is null
