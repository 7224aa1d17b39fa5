-- Whom the call platform was asked to connect with whom: facts, appended before it is asked.
create table subscribers.call (
    branch_id     text        not null,
    call_id       uuid        not null,  -- of the command, so that its repeat finds it
    staff_id      text        not null,
    day           date        not null,
    at            timestamptz not null,
    subscriber_id text        not null,
    purpose       text        not null
        check (purpose in ('own-task', 'customer-present', 'complaint', 'correction', 'legal-request')),
    note          text        not null,
    own_task      boolean     not null,  -- the subscriber was on the person's list of the day
    primary key (branch_id, call_id)
);
-- How often has this person called today?
create index call_by_staff on subscribers.call (staff_id, day);
-- Like an unmasking: it stays, and the system may empty what was noted about who is erased.
create trigger append_only before update or delete on subscribers.call
    for each row execute function subscribers.keep_unmasking();

alter table subscribers.call enable row level security, force row level security;
create policy own on subscribers.call
    using (staff_id = (select people.ticket_holder()))
    with check (staff_id = (select people.ticket_holder())
        and branch_id = any ((select people.branches_in_scope())::text[]));
create policy by_the_system on subscribers.call using ((select people.is_system()));
grant select, insert, update (note) on subscribers.call to gridkeeper_app;
