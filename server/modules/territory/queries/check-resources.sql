-- Question: which rows of a file of resources cannot be used?
-- Grain:    one finding per row and fault
-- Reads:    work.converted
insert into work.finding (row_no, severity, code, column_id, value)
select row_no, 'reject', 'resource-without-place', 'division_code', null
from work.converted
where division_code is null and address is null
union all
select row_no, 'warn', 'resource-ports-turned', 'ports_free', ports_free::varchar
from work.converted
where ports_free > ports_total
