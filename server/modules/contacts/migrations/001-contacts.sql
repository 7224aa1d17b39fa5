-- Every touch of a household, on every channel: done once, told once, never changed.
create schema contacts;
grant usage on schema contacts to gridkeeper_app;

create table contacts.contact (
    branch_id     text        not null,
    contact_id    text        not null check (contact_id <> ''),
    subscriber_id text,
    household_id  text,                     -- as delivered, else the household of the subscriber then
    happened_at   timestamptz not null,
    day           date        not null,     -- of happened_at in the branch's zone
    channel       text        not null check (channel in
        ('door', 'hall', 'call_in', 'call_out', 'sms', 'wecom', 'wechat', 'installer', 'online')),
    direction     text        not null check (direction in ('in', 'out')),
    purpose       text        not null check (purpose in
        ('marketing', 'renewal', 'collection', 'service', 'survey', 'retention')),
    staff_id      text,
    result        text        not null check (result in
        ('done', 'promised', 'refused', 'not_reached', 'moved', 'competitor', 'wrong_data', 'no_answer', 'delivered')),
    reason        text,
    scope         text        check (scope in ('offer', 'channel', 'all')),
    offer         text,                     -- which one, for a refusal of scope 'offer'
    until         date,                     -- the first day on which a refusal holds no longer
    note          text,
    recorded_at   timestamptz not null default platform.unit_now(),
    -- The transaction that told it: what is copied to the lake goes by it, see published_part.
    recorded_in   xid8        not null default pg_current_xact_id(),
    primary key (branch_id, contact_id),
    check (subscriber_id is not null or household_id is not null),
    check (result <> 'refused' or scope is not null)
);
-- When was this household touched, latest first?
create index contact_by_household on contacts.contact (branch_id, household_id, happened_at desc);
-- What was told since the last copy to the lake?
create index contact_by_transaction on contacts.contact (branch_id, recorded_in);
create trigger append_only before update or delete on contacts.contact
    for each statement execute function platform.refuse_change();
alter table contacts.contact enable row level security, force row level security;
create policy in_scope on contacts.contact
    using (branch_id = any ((select people.branches_in_scope())::text[]));
grant select, insert on contacts.contact to gridkeeper_app;

-- Which transactions are in which Parquet file of the lake: [from_xid, to_xid). All that was
-- recorded before to_xid had ended when the file was written, so none can still be missing.
-- A generation begins anew with another cluster, where transaction numbers mean nothing.
create table contacts.published_part (
    branch_id  text        not null,
    generation integer     not null check (generation > 0),
    from_xid   xid8        not null,
    to_xid     xid8        not null check (to_xid > from_xid),
    cluster_id text        not null,
    file       text        not null,       -- relative to the lake
    row_count  integer     not null check (row_count >= 0),
    written_at timestamptz not null default platform.unit_now(),
    primary key (branch_id, generation, from_xid)
);
create trigger append_only before update or delete on contacts.published_part
    for each statement execute function platform.refuse_change();
alter table contacts.published_part enable row level security, force row level security;
create policy in_scope on contacts.published_part
    using (branch_id = any ((select people.branches_in_scope())::text[]));
grant select, insert on contacts.published_part to gridkeeper_app;

-- How often a household may be touched, and what counts as marketing: a branch's rules, in versions.
create table contacts.policy_version (
    branch_id text        not null,
    version   integer     not null check (version > 0),
    body      jsonb       not null check (jsonb_typeof(body) = 'object'),
    saved_at  timestamptz not null default platform.unit_now(),
    saved_by  text        not null,
    primary key (branch_id, version)
);
create trigger append_only before update or delete on contacts.policy_version
    for each statement execute function platform.refuse_change();
alter table contacts.policy_version enable row level security, force row level security;
create policy in_scope on contacts.policy_version
    using (branch_id = any ((select people.branches_in_scope())::text[]));
grant select, insert on contacts.policy_version to gridkeeper_app;
