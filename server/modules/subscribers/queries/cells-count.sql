-- Question: how many cells are there to do?
-- Grain:    one row.
-- Reads:    work.cell
select count(*)::integer as count from work.cell
