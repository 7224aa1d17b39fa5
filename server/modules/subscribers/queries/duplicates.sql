-- Question: which rows gave way to a later row with the same key?
-- Grain:    one row per duplicate, in the order of the file; the first $limit after $after.
-- Reads:    work.dropped
-- Params:   $after, $limit
select dropped.row_no, dropped.kept_row, replace(dropped.row_key, chr(31), ' / ') as row_key
from work.dropped
where dropped.fate = 'duplicate' and dropped.row_no > $after
order by dropped.row_no
limit $limit
