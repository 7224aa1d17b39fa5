-- Question: the tasks of a plan, to be published or written down.
-- Grain:    one row per task, in order of assignee and visit.
-- Params:   $path of the file
select task_id as "taskId", branch_id as "branchId", subscriber_id as "subscriberId",
    household_id as "householdId", unit_id as "unitId", campaign, touchpoint,
    assignee_id as "assigneeId", assignee_unit_id as "assigneeUnitId",
    visit_order as "visitOrder", window_start as "windowStart", window_end as "windowEnd",
    due_on as "dueOn", offer, priority, value_fen as "valueFen", reasons, season,
    place_name as "placeName", town_name as "townName",
    install_address as "address"
from read_parquet($path, hive_partitioning = false)
order by assignee_id, visit_order
