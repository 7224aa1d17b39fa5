-- Question: the contacts of a part of the lake, beside those at hand.
-- Params:   $file
insert into work.contact_part select * from read_parquet($file, hive_partitioning = false)
