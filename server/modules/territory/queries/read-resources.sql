-- Question: the resources of the snapshot in force.
-- Params:   $file
insert into published.resources by name select * from read_parquet($file, hive_partitioning = false)
