-- What people work with where there is no network: their phones, the photos they send as evidence,
-- and what became of each result that a phone kept until it could deliver it.
create schema field;
grant usage on schema field to gridkeeper_app;

-- One person on one phone: two people who share a phone have a row each.
create table field.device (
    branch_id       text        not null,
    device_id       uuid        not null,    -- made by the phone
    staff_id        text        not null,
    unit_id         text        not null,    -- where the person was posted when last seen
    name            text        not null check (name <> ''),
    registered_at   timestamptz not null,
    seen_at         timestamptz not null,
    half            text        not null,    -- sealed; what the phone's own key is made of beside the PIN
    half_expires_at timestamptz not null,
    wiped_at        timestamptz,
    wiped_by        text        check ((wiped_by is not null) = (wiped_at is not null)),
    wipe_told_at    timestamptz check (wipe_told_at is null or wiped_at is not null),
    primary key (branch_id, device_id, staff_id)
);
-- Which phones has this person?
create index device_by_staff on field.device (branch_id, staff_id, registered_at);

alter table field.device enable row level security, force row level security;
create policy own on field.device
    using (staff_id = (select people.ticket_holder()))
    with check (staff_id = (select people.ticket_holder())
        and branch_id = any ((select people.branches_in_scope())::text[]));
create policy in_scope on field.device
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and unit_id = any ((select people.units_in_scope())::text[]));
create policy by_the_system on field.device using ((select people.is_system()));
grant select, insert, update on field.device to gridkeeper_app;

-- A photo that somebody took at a visit. Its bytes are sealed in the data folder; what the results of
-- tasks say of it they say by its number.
create table field.evidence (
    branch_id   text        not null,
    evidence_id uuid        not null,        -- made by the phone
    staff_id    text        not null,
    unit_id     text        not null,        -- where the person was posted
    sent_at     timestamptz not null,
    bytes       integer     not null check (bytes > 0),
    type        text        not null check (type in ('image/jpeg', 'image/png', 'image/webp')),
    sha256      text        not null check (sha256 ~ '^[0-9a-f]{64}$'),  -- of what was sent
    gone_at     timestamptz,                 -- from when on the bytes are not kept
    gone_as     text        check (gone_as in ('erased', 'forgotten')),
    primary key (branch_id, evidence_id),
    check ((gone_at is null) = (gone_as is null))
);
-- Was the same photo sent before?
create index evidence_by_digest on field.evidence (branch_id, sha256);
-- What is older than it is kept?
create index evidence_by_age on field.evidence (sent_at) where gone_at is null;

create function field.keep_evidence() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'UPDATE' and people.is_system() and old.gone_at is null and new.gone_at is not null
        and to_jsonb(new) - array['gone_at', 'gone_as'] = to_jsonb(old) - array['gone_at', 'gone_as'] then
        return new;
    end if;
    raise exception 'field.evidence is append-only' using errcode = 'restrict_violation';
end
$$;
create trigger append_only before update or delete on field.evidence
    for each row execute function field.keep_evidence();

alter table field.evidence enable row level security, force row level security;
create policy own on field.evidence
    using (staff_id = (select people.ticket_holder()))
    with check (staff_id = (select people.ticket_holder())
        and branch_id = any ((select people.branches_in_scope())::text[]));
create policy in_scope on field.evidence for select
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and unit_id = any ((select people.units_in_scope())::text[]));
create policy by_the_system on field.evidence using ((select people.is_system()));
grant select, insert, update (gone_at, gone_as) on field.evidence to gridkeeper_app;

-- What became of an item of somebody's outbox, for whoever delivers it again: the answer of then.
create table field.delivery (
    branch_id    text        not null,
    staff_id     text        not null,
    item_id      uuid        not null,       -- made where it was recorded
    device_id    uuid        not null,
    seq          bigint      not null check (seq >= 0),
    sha256       text        not null check (sha256 ~ '^[0-9a-f]{64}$'),  -- of what was sealed
    delivered_at timestamptz not null,
    told_at      timestamptz,                -- when it happened by the clock of the phone
    skew_ms      bigint      not null,       -- how far that clock was behind ours
    outcome      text        not null check (outcome in ('recorded', 'kept', 'refused')),
    answer       jsonb       check (answer is null or jsonb_typeof(answer) = 'object'),
    primary key (branch_id, staff_id, item_id)
);
-- What is older than it is kept?
create index delivery_by_age on field.delivery (delivered_at);

alter table field.delivery enable row level security, force row level security;
create policy own_to_read on field.delivery for select
    using (staff_id = (select people.ticket_holder()));
create policy own_to_add on field.delivery for insert
    with check (staff_id = (select people.ticket_holder())
        and branch_id = any ((select people.branches_in_scope())::text[]));
-- What was refused may be delivered again and be recorded then; what is recorded stays.
create policy own_refused on field.delivery for update
    using (staff_id = (select people.ticket_holder()))
    with check (staff_id = (select people.ticket_holder()));
create policy by_the_system on field.delivery using ((select people.is_system()));
create function field.keep_delivery() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if old.outcome <> 'refused' and (old.answer is not null
            or (new.branch_id, new.staff_id, new.item_id, new.sha256)
                is distinct from (old.branch_id, old.staff_id, old.item_id, old.sha256)) then
        raise exception 'field.delivery keeps what was answered' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger keep_answer before update on field.delivery
    for each row execute function field.keep_delivery();
grant select, insert, update, delete on field.delivery to gridkeeper_app;
