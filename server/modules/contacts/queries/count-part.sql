-- Question: how many contacts were streamed?
-- Grain:    one row
select count(*)::integer as rows from work.contact_part
