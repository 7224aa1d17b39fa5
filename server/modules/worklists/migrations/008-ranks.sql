-- Among whom people are shown their own place of the day, as a branch, a city or a province settles it;
-- the latest version holds, none means nobody is. `branch_id` is the unit that settles.
create table worklists.rank_rules (
    branch_id text        not null,
    version   integer     not null check (version > 0),
    show_rank text        not null check (show_rank in ('none', 'crew', 'hall')),
    saved_at  timestamptz not null,
    saved_by  text        not null,
    primary key (branch_id, version)
);
create trigger append_only before update or delete on worklists.rank_rules
    for each statement execute function platform.refuse_change();
alter table worklists.rank_rules enable row level security, force row level security;
create policy in_scope on worklists.rank_rules
    using (branch_id = any ((select people.branches_in_scope())::text[])
        or branch_id = any ((select people.units_in_scope())::text[])
        or branch_id in (select above.unit_id from people.units_above() as above))
    with check (branch_id = any ((select people.units_in_scope())::text[]));
grant select, insert on worklists.rank_rules to gridkeeper_app;
