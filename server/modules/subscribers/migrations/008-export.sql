-- Files with personal data in clear text: who asked for one and why, who let it be made, what became of it.
create table subscribers.export (
    branch_id     text        not null,
    export_id     uuid        not null,
    unit_id       text        not null,                  -- whose rows: this unit and all below it
    content       jsonb       not null check (jsonb_typeof(content) = 'object'),  -- what, why, filter, columns
    requested_by  text        not null,
    requested_at  timestamptz not null,
    decided_by    text        check (decided_by <> requested_by),  -- a second person, always
    decided_at    timestamptz check ((decided_at is null) = (decided_by is null)),
    approved      boolean     check ((approved is null) = (decided_by is null)),
    decision_note text        check (decided_by is not null or decision_note is null),
    made_at       timestamptz check (made_at is null or approved),
    file          text        check ((file is null) = (made_at is null)),  -- below the data folder
    row_count     integer     check (row_count >= 0 and (row_count is null) = (made_at is null)),
    downloads     integer     not null default 0 check (downloads >= 0),
    deleted_at    timestamptz check (deleted_at is null or made_at is not null),
    primary key (branch_id, export_id)
);
-- Which were asked for, the latest first?
create index export_by_time on subscribers.export (branch_id, requested_at desc, export_id);
-- Which files have ended and are still there?
create index export_on_disk on subscribers.export (made_at) where made_at is not null and deleted_at is null;

-- What was asked for and what was decided stays as it is.
create function subscribers.keep_export() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if (new.branch_id, new.export_id, new.unit_id, new.content, new.requested_by, new.requested_at)
        is distinct from
        (old.branch_id, old.export_id, old.unit_id, old.content, old.requested_by, old.requested_at)
        or old.decided_by is not null
        and (new.decided_by, new.decided_at, new.approved, new.decision_note)
            is distinct from (old.decided_by, old.decided_at, old.approved, old.decision_note) then
        raise exception 'an export keeps what was asked for and what was decided'
            using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger keep_export before update on subscribers.export
    for each row execute function subscribers.keep_export();

alter table subscribers.export enable row level security, force row level security;
-- Whoever asked sees it wherever they are posted since; others where the unit is in their scope.
create policy own on subscribers.export for select
    using (requested_by = (select people.ticket_holder()));
create policy asks on subscribers.export for insert
    with check (requested_by = (select people.ticket_holder())
        and branch_id = any ((select people.branches_in_scope())::text[])
        and unit_id = any ((select people.units_in_scope())::text[]));
create policy in_scope on subscribers.export for select
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and unit_id = any ((select people.units_in_scope())::text[]));
create policy decides on subscribers.export for update
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and unit_id = any ((select people.units_in_scope())::text[])
        and requested_by <> (select people.ticket_holder()))
    with check (decided_by = (select people.ticket_holder()));
create policy by_the_system on subscribers.export using ((select people.is_system()));
grant select, insert, update on subscribers.export to gridkeeper_app;
