-- What a branch means by its words about the base, in versions: today how long nothing must have
-- been used for a subscriber to be dormant.
create schema insight;
grant usage on schema insight to gridkeeper_app;

create table insight.policy_version (
    branch_id    text        not null,
    version      integer     not null check (version > 0),
    dormant_days integer     not null check (dormant_days between 1 and 1000),
    saved_at     timestamptz not null default platform.unit_now(),
    saved_by     text        not null,
    primary key (branch_id, version)
);
create trigger append_only before update or delete on insight.policy_version
    for each statement execute function platform.refuse_change();
alter table insight.policy_version enable row level security, force row level security;
create policy in_scope on insight.policy_version
    using (branch_id = any ((select people.branches_in_scope())::text[]));
grant select, insert on insight.policy_version to gridkeeper_app;
