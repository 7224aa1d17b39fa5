-- What came of looking at a visit: once somebody has said it, it stays, and the last one stands.
create table field.visit_review (
    branch_id        text        not null,
    review_id        uuid        not null,
    result_id        uuid        not null,           -- of a task
    subscriber_id    text        not null,
    staff_id         text        not null,           -- whose visit it was
    unit_id          text        not null,           -- where the household lives
    assignee_unit_id text        not null,           -- where the person was posted
    verdict          text        not null check (verdict in ('fine', 'talked', 'false')),
    note             text        check (char_length(note) between 1 and 500),
    reviewed_at      timestamptz not null default platform.unit_now(),
    reviewed_by      text        not null,
    primary key (branch_id, review_id),
    -- Nobody judges the own visits.
    check (reviewed_by <> staff_id)
);
-- What was said of this visit, the latest first?
create index visit_review_by_result on field.visit_review (branch_id, result_id, reviewed_at desc);
-- What is to be emptied when this subscriber is erased?
create index visit_review_by_subscriber on field.visit_review (branch_id, subscriber_id)
    where note is not null;

-- What was said stays. When a subscriber is erased the system empties the words.
create function field.keep_review() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'UPDATE' and people.is_system() and new.note is null
        and to_jsonb(new) - 'note' = to_jsonb(old) - 'note' then
        return new;
    end if;
    raise exception 'field.visit_review is append-only' using errcode = 'restrict_violation';
end
$$;
create trigger append_only before update or delete on field.visit_review
    for each row execute function field.keep_review();

alter table field.visit_review enable row level security, force row level security;
-- Whose visit it was reads what is said of it; whoever leads says it.
create policy own on field.visit_review for select
    using (staff_id = (select people.ticket_holder()));
create policy in_scope on field.visit_review for select
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and (unit_id = any ((select people.units_in_scope())::text[])
            or assignee_unit_id = any ((select people.units_in_scope())::text[])));
create policy said_by_oneself on field.visit_review for insert
    with check (reviewed_by = (select people.ticket_holder())
        and branch_id = any ((select people.branches_in_scope())::text[])
        and (unit_id = any ((select people.units_in_scope())::text[])
            or assignee_unit_id = any ((select people.units_in_scope())::text[])));
create policy by_the_system on field.visit_review using ((select people.is_system()));
grant select, insert, update (note) on field.visit_review to gridkeeper_app;
