-- Question: which columns does an extract have, once it is converted?
-- Grain:    one row per column.
-- Reads:    work.converted
select columns.column_name as name from (describe work.converted) as columns
