-- Who looked into an alarm, and what came of it: facts, one after the other, never changed.
create table subscribers.alarm_look (
    branch_id text        not null,
    staff_id  text        not null,
    day       date        not null,
    reason    text        not null,
    looked_at timestamptz not null,
    looked_by text        not null,
    note      text        not null check (length(note) between 2 and 400),
    -- The looks at an alarm, the latest last.
    primary key (branch_id, staff_id, day, reason, looked_at)
);
create trigger append_only before update or delete on subscribers.alarm_look
    for each statement execute function platform.refuse_change();

alter table subscribers.alarm_look enable row level security, force row level security;
-- Whoever sees the alarm sees the looks at it; nobody looks into what is said of themselves, or as another.
create policy in_scope on subscribers.alarm_look for select
    using (exists (select from subscribers.alarm
        where (alarm.branch_id, alarm.staff_id, alarm.day, alarm.reason)
            = (alarm_look.branch_id, alarm_look.staff_id, alarm_look.day, alarm_look.reason)));
create policy by_another on subscribers.alarm_look for insert
    with check (looked_by = (select people.ticket_holder()) and staff_id <> looked_by
        and exists (select from subscribers.alarm
            where (alarm.branch_id, alarm.staff_id, alarm.day, alarm.reason)
                = (alarm_look.branch_id, alarm_look.staff_id, alarm_look.day, alarm_look.reason)));
create policy by_the_system on subscribers.alarm_look using ((select people.is_system()));
grant select, insert on subscribers.alarm_look to gridkeeper_app;
