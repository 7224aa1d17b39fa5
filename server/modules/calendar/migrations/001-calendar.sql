-- What a branch changed in its calendar. What nobody changed is not here: the published schedule,
-- the usual visit windows and the seeded seasons are the program’s. On Citus reference tables.
create schema calendar;
grant usage on schema calendar to gridkeeper_app;

create table calendar.day (
    branch_id text        not null,
    day       date        not null,
    kind      text        not null check (kind in ('workday', 'weekend', 'holiday', 'makeup')),
    name_zh   text,
    name_en   text        check ((name_zh is null) = (name_en is null)),
    edited_at timestamptz not null,
    edited_by text        not null,
    -- Also serves: read the changed days of a branch.
    primary key (branch_id, day)
);

create table calendar.setting (
    branch_id text        not null,
    part      text        not null check (part in ('seasons', 'windows', 'quiet-hours')),
    list      jsonb       not null check (jsonb_typeof(list) = 'array'),  -- may be empty: none at all
    edited_at timestamptz not null,
    edited_by text        not null,
    primary key (branch_id, part)
);

alter table calendar.day enable row level security, force row level security;
alter table calendar.setting enable row level security, force row level security;
create policy in_scope on calendar.day to gridkeeper_app
    using (branch_id = any ((select people.branches_in_scope())::text[]));
create policy in_scope on calendar.setting to gridkeeper_app
    using (branch_id = any ((select people.branches_in_scope())::text[]));
grant select, insert, update, delete on calendar.day to gridkeeper_app;
grant select, insert, update on calendar.setting to gridkeeper_app;
