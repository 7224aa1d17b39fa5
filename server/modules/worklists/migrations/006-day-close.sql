-- The day’s close (日清日结): how each task of the people of a unit was accounted for, and the counts as
-- they were then. What arrives later changes neither.
alter table worklists.handover
    drop constraint handover_why_check,
    add constraint handover_why_check check (why in
        ('reassigned', 'taken-back', 'untouched', 'split', 'carried'));

create table worklists.day_close (
    branch_id   text        not null,
    day         date        not null,
    unit_id     text        not null,                -- whose people; units below that closed before are apart
    closed_at   timestamptz not null,
    closed_by   text        not null,
    planned     integer     not null,
    done        integer     not null check (done >= 0),
    promised    integer     not null check (promised >= 0),
    refused     integer     not null check (refused >= 0),
    not_at_home integer     not null check (not_at_home >= 0),
    otherwise   integer     not null check (otherwise >= 0),
    carried     integer     not null check (carried >= 0),
    given       integer     not null check (given >= 0),
    taken_back  integer     not null check (taken_back >= 0),
    dropped     integer     not null check (dropped >= 0),
    orders      integer     not null check (orders >= 0),
    primary key (branch_id, day, unit_id),
    check (planned = done + promised + refused + not_at_home + otherwise
        + carried + given + taken_back + dropped)
);
create trigger append_only before update or delete on worklists.day_close
    for each statement execute function platform.refuse_change();

create table worklists.day_close_task (
    branch_id        text    not null,
    day              date    not null,
    task_id          text    not null,
    close_unit_id    text    not null,               -- of the close that accounts for it
    subscriber_id    text    not null,
    unit_id          text    not null,               -- the grid the household lives in
    assignee_unit_id text    not null,               -- where whoever had it was posted
    staff_id         text    not null,               -- who had it
    outcome          text    not null check (outcome in ('done', 'promised', 'refused', 'not_at_home',
        'otherwise', 'carried', 'given', 'taken_back', 'dropped')),
    to_staff         text,
    times            integer check (times > 0),      -- how often it went to another day by now
    reason           text    check (reason in
        ('no-way', 'weather', 'staff-ill', 'wrong-data', 'other', 'covered')),
    note             text,
    is_erased        boolean not null default false,
    primary key (branch_id, day, task_id),
    check ((outcome = 'given') = (to_staff is not null)),
    check ((outcome in ('carried', 'given')) = (times is not null)),
    check ((outcome = 'dropped') = (reason is not null)),
    check (note is null or coalesce(reason = 'other', false))
);
-- On which days was this task accounted for?
create index day_close_of_task on worklists.day_close_task (branch_id, task_id);
-- What was noted of this subscriber?
create index day_close_about on worklists.day_close_task (branch_id, subscriber_id);

-- What was accounted for stays. When somebody is erased the system empties the note.
create function worklists.keep_account() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'UPDATE' and people.is_system() and new.note is null and new.is_erased
        and to_jsonb(new) - array['note', 'is_erased'] = to_jsonb(old) - array['note', 'is_erased'] then
        return new;
    end if;
    raise exception '% is append-only', tg_table_schema || '.' || tg_table_name
        using errcode = 'restrict_violation';
end
$$;
create trigger append_only before update or delete on worklists.day_close_task
    for each row execute function worklists.keep_account();

alter table worklists.day_close enable row level security, force row level security;
alter table worklists.day_close_task enable row level security, force row level security;
-- Whoever leads a hall has to know that its zone was closed.
create policy in_scope on worklists.day_close
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and (unit_id = any ((select people.units_in_scope())::text[])
            or unit_id in (select above.unit_id from people.units_above() as above)))
    with check (branch_id = any ((select people.branches_in_scope())::text[])
        and unit_id = any ((select people.units_in_scope())::text[]));
create policy in_scope on worklists.day_close_task
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and (unit_id = any ((select people.units_in_scope())::text[])
            or assignee_unit_id = any ((select people.units_in_scope())::text[])));
grant select, insert on worklists.day_close, worklists.day_close_task to gridkeeper_app;
grant update (note, is_erased) on worklists.day_close_task to gridkeeper_app;
