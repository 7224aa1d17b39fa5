-- Question: which contacts of a file does the ledger not tell yet?
-- Grain:    one row per contact
-- Reads:    work.accepted, work.known_contact
create or replace table work.new_contact as
select accepted.* from work.accepted as accepted
anti join work.known_contact as known on known.contact_id = accepted.contact_id;
drop table work.known_contact
