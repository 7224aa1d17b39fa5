-- Question: which rows are taken?
-- Grain:    one row per key.
-- Reads:    work.converted, work.dropped (resolve.sql)
create or replace view work.accepted as
select converted.* from work.converted anti join work.dropped on dropped.row_no = converted.row_no
