-- Question: how many rivals were seen at the homes of those who are erased?
-- Grain:    one row.
-- Reads:    a file of rivals seen, work.left_home
-- Params:   $file, its path
select count(*)::integer as count
from read_parquet($file, hive_partitioning = false) as seen
where seen.household_id in (select left_home.household_id from work.left_home)
    or seen.address in (select left_home.address from work.left_home)
