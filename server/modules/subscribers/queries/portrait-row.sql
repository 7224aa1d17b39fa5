-- Question: what does a snapshot say of one subscriber?
-- Grain:    at most one row; one row group is read, for the file is sorted by subscriber.
-- Reads:    the snapshot
-- Params:   $file, its path; $subscriber
select * exclude (row_hash) from read_parquet($file) where subscriber_id = $subscriber
