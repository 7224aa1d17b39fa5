-- Question: what did a plan decide about one subscriber?
-- Grain:    one row per campaign.
-- Params:   $path of the file, $subscriber
select campaign, outcome, reason, reason_values as "reasonValues", until, priority, p, c, v, l,
    reasons, task_id as "taskId"
from read_parquet($path, hive_partitioning = false)
where subscriber_id = $subscriber
order by campaign
