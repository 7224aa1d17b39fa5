-- Question: what does a snapshot say of one subscriber?
-- Grain:    at most one row; other columns are read where the subscriber is found.
-- Reads:    the snapshot
-- Params:   $file, its path; $subscriber
select columns(lambda name: name not in ('row_hash', 'household_key', 'name_initials', 'name_index', 'number_index')) from read_parquet($file) where subscriber_id = $subscriber
