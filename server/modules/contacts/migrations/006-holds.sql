-- Who is with a household just now: state, not fact. A row goes with the touch, on release, or with the
-- next hold that finds it over. One a household, so of two who open the same door at once, one gets it.
create table contacts.hold (
    branch_id     text        not null,
    household_id  text        not null check (household_id <> ''),
    subscriber_id text        not null check (subscriber_id <> ''),
    staff_id      text        not null,
    unit_id       text        not null,     -- the post of whoever holds it
    touchpoint    text        not null check (touchpoint in
        ('door', 'call_out', 'hall', 'installer', 'sms', 'online')),
    held_at       timestamptz not null default platform.unit_now(),
    until         timestamptz not null check (until > held_at),
    primary key (branch_id, household_id)
);
-- Which holds of the branch are over?
create index hold_by_end on contacts.hold (branch_id, until);
alter table contacts.hold enable row level security, force row level security;
create policy in_scope on contacts.hold
    using (branch_id = any ((select people.branches_in_scope())::text[]));
grant select, insert, update, delete on contacts.hold to gridkeeper_app;

-- A touch: the day on which to come again, where its proof is, and what stood against it.
alter table contacts.contact
    add column next_on date,
    add column proof_kind text check (proof_kind in ('recording', 'signature', 'message', 'form', 'system')),
    add column proof_ref text check (proof_ref <> ''),
    -- Codes and values of the reasons against it when it was told; null: nobody judged it.
    add column against jsonb check (jsonb_typeof(against) = 'array'),
    add constraint contact_proof check ((proof_kind is null) = (proof_ref is null)),
    add constraint contact_next check (next_on > day);
grant update (proof_ref) on contacts.contact to gridkeeper_app;

-- As before; of a touch the proof's reference goes as well.
create or replace function contacts.keep_told() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    erasable text[] := case tg_table_name
        when 'contact' then array['household_id', 'reason', 'note', 'proof_ref']
        else array['proof_ref', 'note'] end;
    told jsonb := to_jsonb(new);
begin
    if tg_op = 'UPDATE' and people.is_system() and told - erasable = to_jsonb(old) - erasable
        and told ->> 'note' is null and told ->> 'reason' is null
        and coalesce(told ->> 'proof_ref', '-') = '-'
        and coalesce(told ->> 'household_id', 's-') like 's-%' then
        return new;
    end if;
    raise exception '% is append-only', tg_table_schema || '.' || tg_table_name
        using errcode = 'restrict_violation';
end
$$;
