-- The lapsed register: whose contract ended and was not renewed, why, who asked, and what is done next.
create schema renewals;
grant usage on schema renewals to gridkeeper_app;

-- One line per lapse: a subscriber and the end of the contract that was not renewed. The system keeps
-- it by the cards; people add what they learn. What the last contract was does not change any more.
create table renewals.lapsed (
    branch_id       text        not null,
    lapse_id        text        not null,               -- <subscriber_id>~<contract_end>
    subscriber_id   text        not null check (subscriber_id <> ''),
    contract_end    date        not null,
    unit_id         text        not null,               -- as on the card
    place_code      text        collate "C",  -- so that what lies in a place is a range
    status          text        not null,
    product         text,
    plan            text,
    monthly_fee_fen bigint,
    found_on        date        not null,               -- the data date of the cards that first said so
    -- The cards say that it is over: renewed, terminated, gone from the extract, or another end stated.
    closed_as       text        check (closed_as in ('renewed', 'terminated', 'gone', 'corrected')),
    closed_on       date        check ((closed_on is null) = (closed_as is null)),
    renewed_to      date        check ((renewed_to is not null) = (closed_as is not distinct from 'renewed')),
    -- What was learned last; the facts are in lapse_reason. Null: nobody has asked.
    reason          text        check (reason in
        ('price', 'competitor', 'moved', 'away', 'trouble', 'unused', 'deceased', 'unknown')),
    reason_detail   text        check (reason_detail is null or reason is not null),
    asked_at        timestamptz check ((asked_at is null) = (reason is null)),
    asked_by        text        check ((asked_by is null) = (reason is null)),
    paid_on         date,                               -- of the first receipt
    next_sweep_id   uuid,
    next_sweep_on   date        check ((next_sweep_on is null) = (next_sweep_id is null)),
    standing        text        not null generated always as (
        case when paid_on is not null or closed_as = 'renewed' then 'won-back'
            when closed_as is not null then 'over'
            else 'lapsed' end) stored,
    won_back_on     date        generated always as (
        case when paid_on is not null then paid_on when closed_as = 'renewed' then closed_on end) stored,
    fee_fen         bigint      not null generated always as (coalesce(monthly_fee_fen, 0)) stored,
    primary key (branch_id, lapse_id)
);
-- Who has lapsed, by when; since when?
create index lapsed_by_end on renewals.lapsed (branch_id, standing, contract_end, lapse_id);
-- The same of a village or a building; how many are there, how many were asked?
create index lapsed_by_place on renewals.lapsed (branch_id, standing, place_code, contract_end, lapse_id);
-- The same of a hall or a grid.
create index lapsed_by_unit on renewals.lapsed (branch_id, standing, unit_id, contract_end, lapse_id);
-- Whose fee was highest?
create index lapsed_by_fee on renewals.lapsed (branch_id, standing, fee_fen, lapse_id);
-- What is known of this subscriber?
create index lapsed_by_subscriber on renewals.lapsed (branch_id, subscriber_id, contract_end desc);
-- Who was won back since a day, and where?
create index lapsed_won_back on renewals.lapsed (branch_id, won_back_on, place_code)
    where won_back_on is not null;
-- Whom does the register hold open, when the cards have moved?
create index lapsed_open on renewals.lapsed (branch_id, subscriber_id) where closed_as is null;

-- What follows from the cards is written by the system alone.
create function renewals.refuse_but_system() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not people.is_system() then
        raise exception 'the lapsed register follows the cards' using errcode = 'restrict_violation';
    end if;
    return null;
end
$$;
create trigger follows_the_cards
    before update of unit_id, place_code, status, closed_as, closed_on, renewed_to on renewals.lapsed
    for each statement execute function renewals.refuse_but_system();
alter table renewals.lapsed enable row level security, force row level security;
create policy in_scope on renewals.lapsed for select using (
    branch_id = any ((select people.branches_in_scope())::text[])
    and unit_id = any ((select people.units_in_scope())::text[])
);
create policy learns on renewals.lapsed for update using (
    branch_id = any ((select people.branches_in_scope())::text[])
    and unit_id = any ((select people.units_in_scope())::text[])
);
create policy by_the_system on renewals.lapsed for insert with check ((select people.is_system()));
grant select, insert on renewals.lapsed to gridkeeper_app;
grant update (unit_id, place_code, status, closed_as, closed_on, renewed_to, reason, reason_detail,
    asked_at, asked_by, paid_on, next_sweep_id, next_sweep_on) on renewals.lapsed to gridkeeper_app;

-- By which cards, and on which day, the register of a branch was kept last.
create table renewals.register (
    branch_id   text not null,
    snapshot_id text,                                   -- null: the branch had no cards
    as_of       date,
    day         date not null,
    primary key (branch_id)
);
alter table renewals.register enable row level security, force row level security;
create policy in_scope on renewals.register for select
    using (branch_id = any ((select people.branches_in_scope())::text[]));
create policy by_the_system on renewals.register using ((select people.is_system()));
grant select, insert, update on renewals.register to gridkeeper_app;

-- Why somebody lapsed, as they said when they were asked: told once, never changed. The latest stands.
create table renewals.lapse_reason (
    branch_id     text        not null,
    reason_id     uuid        not null,
    lapse_id      text        not null,
    subscriber_id text        not null,
    reason        text        not null check (reason in
        ('price', 'competitor', 'moved', 'away', 'trouble', 'unused', 'deceased', 'unknown')),
    detail        text,
    asked_at      timestamptz not null,
    asked_by      text        not null,
    evidence      text        check (evidence <> ''),   -- where it is from, in words
    touch_id      text,
    recorded_at   timestamptz not null default platform.unit_now(),
    recorded_by   text        not null,
    primary key (branch_id, reason_id)
);
-- What did this subscriber say, latest first?
create index lapse_reason_by_subscriber on renewals.lapse_reason (branch_id, subscriber_id, asked_at desc);

-- When somebody is erased the system empties the words; what was said stays as a code.
create function renewals.keep_reason() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'UPDATE' and people.is_system() and new.evidence is null
        and to_jsonb(new) - 'evidence' = to_jsonb(old) - 'evidence' then
        return new;
    end if;
    raise exception 'renewals.lapse_reason is append-only' using errcode = 'restrict_violation';
end
$$;
create trigger append_only before update or delete on renewals.lapse_reason
    for each row execute function renewals.keep_reason();
alter table renewals.lapse_reason enable row level security, force row level security;
create policy in_scope on renewals.lapse_reason
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and exists (select from renewals.lapsed
            where lapsed.branch_id = lapse_reason.branch_id and lapsed.lapse_id = lapse_reason.lapse_id));
grant select, insert on renewals.lapse_reason to gridkeeper_app;
grant update (evidence) on renewals.lapse_reason to gridkeeper_app;

-- What was paid after a lapse, by the number of the receipt: each counts once.
create table renewals.receipt (
    branch_id     text        not null,
    receipt_no    text        not null check (receipt_no <> ''),
    lapse_id      text        not null,
    subscriber_id text        not null,
    paid_on       date        not null,
    amount_fen    bigint      not null check (amount_fen > 0),
    recorded_at   timestamptz not null default platform.unit_now(),
    recorded_by   text        not null,
    primary key (branch_id, receipt_no)
);
-- What has this subscriber paid?
create index receipt_by_subscriber on renewals.receipt (branch_id, subscriber_id, paid_on desc);
create trigger append_only before update or delete on renewals.receipt
    for each statement execute function platform.refuse_change();
alter table renewals.receipt enable row level security, force row level security;
create policy in_scope on renewals.receipt
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and exists (select from renewals.lapsed
            where lapsed.branch_id = receipt.branch_id and lapsed.lapse_id = receipt.lapse_id));
grant select, insert on renewals.receipt to gridkeeper_app;

-- A day on which a village or a building is gone through, by a person or a crew.
create table renewals.sweep (
    branch_id     text        not null,
    sweep_id      uuid        not null,
    place_code    text        not null check (place_code <> ''),
    unit_id       text        not null,                 -- the grid of the place
    on_day        date        not null,
    purpose       text        not null check (purpose in ('find-reason', 'wake', 'all')),
    staff_id      text,
    crew_id       text,                                 -- the unit whose crew goes
    left_out      jsonb       not null check (jsonb_typeof(left_out) = 'object'),   -- reason → how many
    planned_at    timestamptz not null default platform.unit_now(),
    planned_by    text        not null,
    called_off_at timestamptz,
    called_off_by text        check ((called_off_by is null) = (called_off_at is null)),
    primary key (branch_id, sweep_id),
    check ((staff_id is null) <> (crew_id is null))
);
-- Which sweeps are there, by day?
create index sweep_by_day on renewals.sweep (branch_id, on_day, sweep_id);
alter table renewals.sweep enable row level security, force row level security;
create policy in_scope on renewals.sweep using (
    branch_id = any ((select people.branches_in_scope())::text[])
    and unit_id = any ((select people.units_in_scope())::text[])
);
grant select, insert on renewals.sweep to gridkeeper_app;
grant update (called_off_at, called_off_by) on renewals.sweep to gridkeeper_app;

-- Whom a sweep goes to, and what for: to find the reason where none is known, else to wake.
create table renewals.sweep_member (
    branch_id     text not null,
    sweep_id      uuid not null,
    lapse_id      text not null,
    subscriber_id text not null,
    purpose       text not null check (purpose in ('find-reason', 'wake')),
    primary key (branch_id, sweep_id, lapse_id)
);
-- In which sweeps was this subscriber?
create index sweep_member_by_subscriber on renewals.sweep_member (branch_id, subscriber_id);
create trigger append_only before update or delete on renewals.sweep_member
    for each statement execute function platform.refuse_change();
alter table renewals.sweep_member enable row level security, force row level security;
create policy in_scope on renewals.sweep_member
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and exists (select from renewals.sweep
            where sweep.branch_id = sweep_member.branch_id and sweep.sweep_id = sweep_member.sweep_id));
grant select, insert on renewals.sweep_member to gridkeeper_app;
