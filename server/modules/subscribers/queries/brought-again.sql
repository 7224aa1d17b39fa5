-- Question: how many of those who are erased does the extract bring again?
-- Grain:    one row.
-- Reads:    work.converted, work.erased
select count(distinct converted.subscriber_id)::integer as count from work.converted semi join work.erased on erased.subscriber_id = converted.subscriber_id
