-- What a person asks to be erased (PIPL art. 47): who asked and decided, and whose identity is gone for good.
create table subscribers.erasure (
    branch_id      text        not null,
    erasure_id     uuid        not null,
    subscriber_ids text[]      not null check (cardinality(subscriber_ids) between 1 and 50),
    ground         text        not null check (ground in
        ('asked', 'consent-withdrawn', 'purpose-achieved', 'retention-over', 'unlawful')),
    number         text        not null check (number <> ''),           -- of the letter or the case
    requested_by   text        not null,
    requested_at   timestamptz not null,
    decided_by     text        check (decided_by <> requested_by),      -- a second person, always
    decided_at     timestamptz check ((decided_at is null) = (decided_by is null)),
    approved       boolean     check ((approved is null) = (decided_by is null)),
    decision_note  text        check (decided_by is not null or decision_note is null),
    done_at        timestamptz check (done_at is null or approved),
    primary key (branch_id, erasure_id)
);
-- Which were asked for, the latest first?
create index erasure_by_time on subscribers.erasure (branch_id, requested_at desc, erasure_id);

-- What was asked for and what was decided stays; the system alone empties a note.
create function subscribers.keep_erasure() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if (new.branch_id, new.erasure_id, new.subscriber_ids, new.ground, new.number, new.requested_by,
            new.requested_at) is distinct from
        (old.branch_id, old.erasure_id, old.subscriber_ids, old.ground, old.number, old.requested_by,
            old.requested_at)
        or old.decided_by is not null
        and ((new.decided_by, new.decided_at, new.approved)
                is distinct from (old.decided_by, old.decided_at, old.approved)
            or new.decision_note is distinct from old.decision_note
                and not (new.decision_note is null and people.is_system())) then
        raise exception 'a request for erasure keeps what was asked for and what was decided'
            using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger keep_erasure before update on subscribers.erasure
    for each row execute function subscribers.keep_erasure();

alter table subscribers.erasure enable row level security, force row level security;
-- It concerns the branch as a whole: only those who have all of it in scope see a request.
create policy in_scope on subscribers.erasure for select
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and branch_id = any ((select people.units_in_scope())::text[]));
create policy asks on subscribers.erasure for insert
    with check (requested_by = (select people.ticket_holder()) and decided_by is null
        and branch_id = any ((select people.branches_in_scope())::text[])
        and branch_id = any ((select people.units_in_scope())::text[]));
create policy decides on subscribers.erasure for update
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and branch_id = any ((select people.units_in_scope())::text[])
        and requested_by <> (select people.ticket_holder()))
    with check (decided_by = (select people.ticket_holder()) and done_at is null);
create policy by_the_system on subscribers.erasure using ((select people.is_system()));
grant select, insert, update on subscribers.erasure to gridkeeper_app;

-- Whose identity is erased, whatever a later extract says. No identity here: the id is the BSS’s pseudonym.
create table subscribers.erased (
    branch_id     text        not null,
    subscriber_id text        not null,
    erasure_id    uuid        not null,
    erased_at     timestamptz not null,
    primary key (branch_id, subscriber_id)
);
create trigger append_only before update or delete on subscribers.erased
    for each statement execute function platform.refuse_change();
alter table subscribers.erased enable row level security, force row level security;
create policy in_scope on subscribers.erased for select
    using (branch_id = any ((select people.branches_in_scope())::text[]));
create policy by_the_system on subscribers.erased using ((select people.is_system()));
grant select, insert on subscribers.erased to gridkeeper_app;

-- An unmasking stays; the system may empty what was noted, when the person it was about is erased.
create function subscribers.keep_unmasking() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'UPDATE' and people.is_system() and new.note = ''
        and to_jsonb(new) - 'note' = to_jsonb(old) - 'note' then
        return new;
    end if;
    raise exception '% is append-only', tg_table_schema || '.' || tg_table_name
        using errcode = 'restrict_violation';
end
$$;
drop trigger append_only on subscribers.unmasking;
create trigger append_only before update or delete on subscribers.unmasking
    for each row execute function subscribers.keep_unmasking();
grant update (note) on subscribers.unmasking to gridkeeper_app;
