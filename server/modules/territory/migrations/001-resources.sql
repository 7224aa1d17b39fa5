-- Network resources as the network department delivered them: one file of a branch and date, kept
-- in the lake; this table says which files there are. The latest not after a day is in force.
create schema territory;
grant usage on schema territory to gridkeeper_app;

create table territory.resource_snapshot (
    branch_id   text        not null,
    as_of       date        not null,
    recorded_at timestamptz not null default platform.unit_now(),
    content_id  text        not null,      -- names the file below the lake
    row_count   integer     not null check (row_count >= 0),
    recorded_by text        not null,
    primary key (branch_id, as_of, recorded_at)
);
create trigger append_only before update or delete on territory.resource_snapshot
    for each statement execute function platform.refuse_change();
alter table territory.resource_snapshot enable row level security, force row level security;
create policy in_scope on territory.resource_snapshot
    using (branch_id = any ((select people.branches_in_scope())::text[]));
grant select, insert on territory.resource_snapshot to gridkeeper_app;
