-- Question: which rows are taken, where all were taken before?
-- Grain:    one row per subscriber.
-- Reads:    work.converted
create or replace view work.accepted as select converted.* from work.converted
