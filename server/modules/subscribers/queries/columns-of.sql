-- Question: which columns does a file have, in their order?
-- Grain:    one row per column.
-- Params:   $file, its path
select columns.column_name as name from (describe select * from read_parquet($file, hive_partitioning = false)) as columns
