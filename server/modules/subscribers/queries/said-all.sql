-- Question: what does a snapshot say that is written once more, with nothing made to follow anew?
-- Grain:    one row per subscriber.
-- Reads:    work.said: the snapshot, with the number of each row
create or replace view work.described as select said.* from work.said
