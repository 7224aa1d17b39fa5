-- Question: which cells of a snapshot are to be opened?
-- Grain:    one row per subscriber that has one.
-- Reads:    work.said (a snapshot, with the number of each row)
create or replace view work.cell as
select said.row_no, said.subscriber_id, lower(hex(said.identity)) as cell from work.said where said.identity is not null
