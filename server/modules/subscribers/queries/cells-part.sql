-- Question: the cells that one of several threads is to do, as JSON lines.
-- Grain:    one row per cell.
-- Reads:    work.cell
-- Params:   $file to write; $part of $parts
copy (select cell.* from work.cell where cell.row_no % $parts::bigint = $part::bigint) to ($file) (format json)
