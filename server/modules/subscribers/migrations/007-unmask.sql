-- Who saw whom in clear text, what was unusual about it, and how many a person may see a day.
create table subscribers.unmasking (
    branch_id     text        not null,
    unmasking_id  uuid        not null,
    staff_id      text        not null,
    day           date        not null,
    at            timestamptz not null,
    subscriber_id text        not null,
    purpose       text        not null
        check (purpose in ('own-task', 'customer-present', 'complaint', 'correction', 'legal-request')),
    note          text        not null,
    fields        text[]      not null check (cardinality(fields) > 0),
    own_task      boolean     not null,                  -- the subscriber was on the person's list of the day
    primary key (branch_id, unmasking_id)
);
-- How many has this person seen today, and on the days before?
create index unmasking_by_staff on subscribers.unmasking (staff_id, day);
create trigger append_only before update or delete on subscribers.unmasking
    for each statement execute function platform.refuse_change();

-- One line a person, day and reason; the system alone writes them, whoever answers for the unit reads.
create table subscribers.alarm (
    branch_id text        not null,
    staff_id  text        not null,
    day       date        not null,
    reason    text        not null
        check (reason in ('unusual-count', 'outside-hours', 'outside-tasks', 'limit-reached')),
    unit_id   text        not null,                      -- where the person was posted on the day
    details   jsonb       not null check (jsonb_typeof(details) = 'object'),
    first_at  timestamptz not null,
    last_at   timestamptz not null,
    primary key (branch_id, staff_id, day, reason)
);
-- The alarms of a branch, the latest first.
create index alarm_by_time on subscribers.alarm (branch_id, last_at desc, staff_id, day, reason);

-- How many subscribers a person may see a day outside the own tasks; `branch_id` is the unit that settles.
create table subscribers.privacy_rules (
    branch_id    text        not null,
    version      integer     not null check (version > 0),
    unmask_limit integer     not null check (unmask_limit between 1 and 1000),
    recorded_at  timestamptz not null,
    recorded_by  text        not null,
    primary key (branch_id, version)
);
create trigger append_only before update or delete on subscribers.privacy_rules
    for each statement execute function platform.refuse_change();

alter table subscribers.unmasking enable row level security, force row level security;
alter table subscribers.alarm enable row level security, force row level security;
alter table subscribers.privacy_rules enable row level security, force row level security;

create policy own on subscribers.unmasking
    using (staff_id = (select people.ticket_holder()))
    with check (staff_id = (select people.ticket_holder())
        and branch_id = any ((select people.branches_in_scope())::text[]));
create policy by_the_system on subscribers.unmasking using ((select people.is_system()));
-- Whoever has the whole branch also sees what people of the city or the province did in it.
create policy in_scope on subscribers.alarm for select
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and (unit_id = any ((select people.units_in_scope())::text[])
            or branch_id = any ((select people.units_in_scope())::text[])));
create policy by_the_system on subscribers.alarm using ((select people.is_system()));
create policy in_scope on subscribers.privacy_rules
    using (branch_id = any ((select people.branches_in_scope())::text[])
        or branch_id = any ((select people.units_in_scope())::text[])
        or branch_id in (select above.unit_id from people.units_above() as above))
    with check (branch_id = any ((select people.units_in_scope())::text[]));

grant select, insert on subscribers.unmasking, subscribers.privacy_rules to gridkeeper_app;
grant select, insert, update on subscribers.alarm to gridkeeper_app;
