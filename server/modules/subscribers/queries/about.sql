-- Question: which branch and which day is the file about?
-- Grain:    one row.
-- Reads:    nothing
-- Params:   $branch, $date
create or replace table work.about as select $branch::varchar as branch_id, $date::date as data_date
