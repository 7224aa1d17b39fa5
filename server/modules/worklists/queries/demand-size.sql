-- Question: how many are eligible?
-- Grain:    one row.
-- Reads:    work.demand
select count(*)::integer as size from work.demand
