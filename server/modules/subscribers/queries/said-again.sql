-- Question: which rows are taken, where all were taken before?
-- Grain:    one row per subscriber.
-- Reads:    work.said
create or replace view work.accepted as select said.* from work.said
