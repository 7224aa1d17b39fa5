-- Who signs in through an identity provider: whose main account is whose account here, which sessions
-- were opened through it, and which of its messages were taken. Read and written by the system’s own
-- units alone. Small, asked at sign-in: on Citus reference tables.
create table people.identity (
    issuer    text        not null,
    subject   text        not null check (subject <> ''),
    staff_id  text        not null,
    linked_at timestamptz not null,
    linked_by text        not null,  -- who linked it, or the way it came about: ‘by-account’
    primary key (issuer, subject),
    -- One main account a person. Also serves: is this person linked?
    unique (issuer, staff_id)
);

-- What the provider gave for a session, sealed: the proof of identity that a sign-out names, and the
-- means to ask again whether the main account still stands. Known by the ticket of the session.
create table people.provider_session (
    ticket     uuid        primary key,
    issuer     text        not null,
    subject    text        not null,
    sid        text,                                              -- the provider’s own session
    id_token   text        not null check (id_token like 'v1.%'),
    refresh    text        check (refresh like 'v1.%'),           -- null: it cannot be asked
    checked_at timestamptz not null
);
-- Which sessions did the provider end?
create index provider_session_by_subject on people.provider_session (issuer, subject);
-- Which are due to be asked about?
create index provider_session_due on people.provider_session (checked_at) where refresh is not null;

-- Messages of the provider that were taken: the same one does nothing a second time.
create table people.logout_token (
    issuer     text        not null,
    jti        text        not null,
    expires_at timestamptz not null,
    primary key (issuer, jti)
);

alter table people.identity enable row level security, force row level security;
alter table people.provider_session enable row level security, force row level security;
alter table people.logout_token enable row level security, force row level security;
create policy by_the_system on people.identity to gridkeeper_app
    using ((select people.is_system()));
create policy by_the_system on people.provider_session to gridkeeper_app
    using ((select people.is_system()));
create policy by_the_system on people.logout_token to gridkeeper_app
    using ((select people.is_system()));
grant select, insert, delete on people.identity, people.logout_token to gridkeeper_app;
grant select, insert, update, delete on people.provider_session to gridkeeper_app;
