-- Question: which rows of the file are taken?
-- Grain:    one row per key.
-- Reads:    work.accepted
create or replace view work.listed as select accepted.* from work.accepted
