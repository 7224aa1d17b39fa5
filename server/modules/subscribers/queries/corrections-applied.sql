-- Question: which corrections are put over what the extract says?
-- Grain:    one row per correction of somebody in it.
-- Reads:    work.correction, work.accepted
select correction.correction_id as id
from work.correction
semi join work.accepted on accepted.subscriber_id = correction.subscriber_id
order by correction.correction_id
