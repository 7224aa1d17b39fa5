-- Question: which subscribers does a file name without their household?
-- Grain:    one row per subscriber
-- Reads:    work.new_contact
select distinct subscriber_id as id
from work.new_contact
where subscriber_id is not null and household_id is null
order by id
