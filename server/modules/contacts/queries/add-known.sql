-- Question: which contacts does a part of the lake tell, beside those at hand?
-- Params:   $file
insert into work.known_contact
select contact_id from read_parquet($file, hive_partitioning = false)
