-- What goes onto another day at the close is asked about as of that day: whose household may not be met
-- then is dropped, and the account says so.
alter table worklists.day_close_task
    drop constraint day_close_task_reason_check,
    add constraint day_close_task_reason_check check (reason in
        ('no-way', 'weather', 'staff-ill', 'wrong-data', 'other', 'covered', 'may-not-be-met'));
