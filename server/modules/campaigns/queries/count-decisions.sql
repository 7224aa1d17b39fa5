-- Question: how many candidates are there?
-- Grain:    one row
select count(*)::integer as candidates from work.decision
