-- Question: what is wrong with which row, as the conversion found it?
-- Grain:    one row per complaint.
-- Reads:    the converted file
-- Params:   $typed, its path
create or replace table work.finding as
with spread as (
    select typed.row_no, unnest(typed.found) as complaint
    from read_parquet($typed) as typed
    where typed.found is not null
)
select spread.row_no, spread.complaint.severity as severity, spread.complaint.code as code,
    spread.complaint.column_id as column_id, spread.complaint.value as value
from spread
