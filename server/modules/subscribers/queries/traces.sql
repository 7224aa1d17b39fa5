-- Question: where did those who are erased live, by a snapshot?
-- Grain:    one row per subscriber, household and address, if the snapshot has addresses.
-- Reads:    the snapshot, work.erased
-- Params:   $file, its path
select distinct columns(lambda name: name in ('subscriber_id', 'household_id', 'install_address'))
from read_parquet($file, hive_partitioning = false)
semi join work.erased on erased.subscriber_id = read_parquet.subscriber_id
