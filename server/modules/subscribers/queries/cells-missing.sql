-- Question: of how many rejected rows did the conversion not keep the cells?
-- Grain:    one row.
-- Reads:    work.dropped, work.reject_cells
select count(*)::integer as count
from work.dropped anti join work.reject_cells on reject_cells.row_no = dropped.row_no
where dropped.fate = 'rejected'
