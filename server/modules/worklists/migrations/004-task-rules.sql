-- How work that was given out is followed up, as a branch, a city or a province settles it; the latest
-- version holds, none means the usual rules. `branch_id` is the unit that settles.
create table worklists.task_rules (
    branch_id      text        not null,
    version        integer     not null check (version > 0),
    attempts       integer     not null check (attempts between 1 and 9),   -- to meet a household
    take_back      boolean     not null,                    -- whether untouched work is taken back …
    take_back_days integer     not null check (take_back_days between 1 and 60),  -- … after so many days
    saved_at       timestamptz not null,
    saved_by       text        not null,
    primary key (branch_id, version)
);
create trigger append_only before update or delete on worklists.task_rules
    for each statement execute function platform.refuse_change();
alter table worklists.task_rules enable row level security, force row level security;
create policy in_scope on worklists.task_rules
    using (branch_id = any ((select people.branches_in_scope())::text[])
        or branch_id = any ((select people.units_in_scope())::text[])
        or branch_id in (select above.unit_id from people.units_above() as above))
    with check (branch_id = any ((select people.units_in_scope())::text[]));
grant select, insert on worklists.task_rules to gridkeeper_app;
-- What is open and for a day that is over?
create index task_open_by_day on worklists.task (branch_id, day) where state = 'open';
