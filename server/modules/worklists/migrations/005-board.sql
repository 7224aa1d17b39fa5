-- What was told on this day, by everybody?
create index result_of_day on worklists.result (branch_id, day, staff_id);
