-- Question: the sealed cell of every subscriber of a snapshot, with what it is found by.
-- Grain:    one row per subscriber.
-- Reads:    the snapshot
-- Params:   $file, its path
select subscriber_id, '\x' || lower(hex(identity)) as identity, name_initials, name_index, number_index
from read_parquet($file)
