-- What subscribers agreed to and what they forbade, each told once with its proof and never changed;
-- the latest word on a subject and channel stands.
create table contacts.consent (
    branch_id     text        not null,
    consent_id    uuid        not null,
    subscriber_id text        not null check (subscriber_id <> ''),
    subject       text        not null check (subject in ('marketing', 'personalisation', 'port-out')),
    channel       text        check (channel in ('sms', 'call')),  -- null: every one
    answer        text        not null check (answer in ('yes', 'no')),
    told_at       timestamptz not null,
    via           text        not null check (via in
        ('door', 'hall', 'call_in', 'call_out', 'sms', 'wecom', 'wechat', 'installer', 'online')),
    proof_kind    text        check (proof_kind in ('recording', 'signature', 'message', 'form', 'system')),
    proof_ref     text        check (proof_ref <> ''),
    note          text,
    recorded_at   timestamptz not null default platform.unit_now(),
    recorded_by   text        not null,
    primary key (branch_id, consent_id),
    check (channel is null or subject = 'marketing'),
    check ((proof_kind is null) = (proof_ref is null)),
    -- Only a "no" is taken at somebody's word.
    check (answer = 'no' or subject = 'port-out' or proof_ref is not null)
);
-- What has this subscriber said, latest first?
create index consent_by_subscriber on contacts.consent (branch_id, subscriber_id, told_at desc, consent_id);
create trigger append_only before update or delete on contacts.consent
    for each statement execute function platform.refuse_change();
alter table contacts.consent enable row level security, force row level security;
create policy in_scope on contacts.consent
    using (branch_id = any ((select people.branches_in_scope())::text[]));
grant select, insert on contacts.consent to gridkeeper_app;
