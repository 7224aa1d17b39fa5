-- What was found in rows of those who are erased, without the value.
-- Reads:    work.finding, work.converted, work.erased
update work.finding set value = null
from work.converted
semi join work.erased on erased.subscriber_id = converted.subscriber_id
where converted.row_no = finding.row_no
