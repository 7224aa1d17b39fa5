-- What a person says is wrong of what is kept of them (PIPL art. 46). Until the extract brings it, it is
-- put over what the extract says; the value lies sealed, and only as long as it is needed.
create table subscribers.correction (
    branch_id     text        not null,
    correction_id uuid        not null,
    subscriber_id text        not null,
    field         text        not null check (field in ('name', 'phone', 'address')),
    sealed        bytea,                                        -- the value; gone once it has ended
    number        text        not null check (number <> ''),    -- of the letter or the case
    recorded_by   text        not null,
    recorded_at   timestamptz not null,
    ended_at      timestamptz,
    ended_as      text        check (ended_as in ('taken-over', 'withdrawn', 'replaced', 'erased')),
    check ((ended_at is null) = (ended_as is null)),
    check ((ended_at is null) = (sealed is not null)),
    primary key (branch_id, correction_id)
);
-- Which stand, of a branch, of a subscriber? One at most per subscriber and field.
create unique index correction_open on subscribers.correction (branch_id, subscriber_id, field)
    where ended_at is null;

-- What was recorded stays; one that has ended does not change; the system alone seals anew.
create function subscribers.keep_correction() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if old.ended_at is not null
        or (new.branch_id, new.correction_id, new.subscriber_id, new.field, new.number, new.recorded_by,
                new.recorded_at) is distinct from
            (old.branch_id, old.correction_id, old.subscriber_id, old.field, old.number, old.recorded_by,
                old.recorded_at)
        or new.ended_at is null and new.sealed is distinct from old.sealed and not people.is_system()
    then
        raise exception 'a correction keeps what was recorded' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger keep_correction before update on subscribers.correction
    for each row execute function subscribers.keep_correction();

alter table subscribers.correction enable row level security, force row level security;
-- Whoever has the branch in scope, or the subscriber: the policy of the card says who that is.
create policy in_scope on subscribers.correction for select
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and (branch_id = any ((select people.units_in_scope())::text[])
            or exists (select from subscribers.card
                where card.branch_id = correction.branch_id
                    and card.subscriber_id = correction.subscriber_id)));
create policy records on subscribers.correction for insert
    with check (recorded_by = (select people.ticket_holder()) and ended_at is null
        and branch_id = any ((select people.branches_in_scope())::text[])
        and exists (select from subscribers.card
            where card.branch_id = correction.branch_id
                and card.subscriber_id = correction.subscriber_id));
create policy ends on subscribers.correction for update
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and (branch_id = any ((select people.units_in_scope())::text[])
            or exists (select from subscribers.card
                where card.branch_id = correction.branch_id
                    and card.subscriber_id = correction.subscriber_id)))
    with check (ended_as in ('withdrawn', 'replaced'));
create policy by_the_system on subscribers.correction using ((select people.is_system()));
grant select, insert, update on subscribers.correction to gridkeeper_app;
