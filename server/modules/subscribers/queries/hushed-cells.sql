-- The cells of rejected rows of those who are erased.
-- Reads:    work.reject_cells, work.converted, work.erased
update work.reject_cells set cells = list_transform(reject_cells.cells, lambda each: null)
from work.converted
semi join work.erased on erased.subscriber_id = converted.subscriber_id
where converted.row_no = reject_cells.row_no
