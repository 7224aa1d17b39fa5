-- Question: how many rows were converted, and how many of them are left out, for which reason?
-- Grain:    one row.
-- Reads:    work.converted, work.dropped
select
    (select count(*) from work.converted) as converted_count,
    (select count(*) from work.dropped where dropped.fate = 'rejected') as rejected_count,
    (select count(*) from work.dropped where dropped.fate = 'duplicate') as duplicate_count
