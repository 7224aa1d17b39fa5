-- Question: the sealed names and numbers of a snapshot that is written once more.
-- Grain:    one row per subscriber.
-- Reads:    work.said (a snapshot, with the number of each row)
create or replace table work.sealed as
select said.row_no, said.identity, said.name_initials, said.name_index, said.number_index
from work.said
where said.identity is not null
