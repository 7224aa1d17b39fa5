-- Question: how many rows name an address that says no home, and which is first?
-- Grain:    one row.
-- Reads:    the file of rivals
-- Params:   $file, its path
select count(*)::integer as lost, min(rivals.row_no) as example_row
from read_parquet($file) as rivals
where rivals.household_id is null
