-- Question: which keys stand only in rows that were rejected?
-- Grain:    one row per key.
-- Reads:    work.converted, work.dropped, work.accepted
select distinct converted.row_key as id
from work.converted
semi join work.dropped on dropped.row_no = converted.row_no and dropped.fate = 'rejected'
anti join work.accepted on accepted.row_key = converted.row_key
where converted.row_key is not null
order by id
