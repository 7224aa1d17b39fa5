-- How a person proves who it is. Hashes and tokens are read by nobody but the functions below and
-- the system’s own units; a session holds the ticket that row-level security asks for.
create table people.account (
    staff_id text primary key,
    -- One person an account, whoever comes second. Also serves: who signs in?
    account  text not null unique check (account = lower(account) and account <> '')
);

create table people.password (
    staff_id text        primary key,
    hash     text        not null check (hash like '$argon2id$%'),
    set_at   timestamptz not null,
    set_by   text        not null
);

create table people.session (
    token_sha256 text        primary key check (token_sha256 ~ '^[0-9a-f]{64}$'),
    staff_id     text        not null,
    ticket       uuid        not null unique,
    address      text,
    opened_at    timestamptz not null,
    seen_at      timestamptz not null,
    ends_at      timestamptz not null
);
-- Which sessions does this person have open?
create index session_by_staff on people.session (staff_id);

-- Attempts that did not end in a session, since the last that did, by account and by address.
create table people.attempt (
    kind     text        not null check (kind in ('account', 'address')),
    key      text        not null,
    failures integer     not null check (failures >= 0),
    last_at  timestamptz not null,
    primary key (kind, key)
);

-- Whose session it is, for the system: of a person who has a post on the day.
create function people.session_of(token_sha256 text)
    returns table (staff_id text, ticket uuid, seen_at timestamptz, ends_at timestamptz, roles text[])
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if people.is_system() then
        return query
            select session.staff_id, session.ticket, session.seen_at, session.ends_at, staff.roles
              from people.session
              join people.staff
                on staff.staff_id = session.staff_id and staff.valid_from <= people.today()
               and (staff.valid_to is null or people.today() < staff.valid_to)
             where session.token_sha256 = session_of.token_sha256;
    end if;
end $$;

-- The hash of a person, for the system and for that person.
create function people.password_of(staff_id text) returns text
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if people.is_system() or people.ticket_holder() = password_of.staff_id then
        return (select hash from people.password where password.staff_id = password_of.staff_id);
    end if;
    return null;
end $$;

-- Sets a password: the system, the person, or an administrator who has the person in scope. All
-- other sessions of the person end, and their tickets with them. False: not allowed.
create function people.set_password(staff_id text, hash text, at timestamptz, by text) returns boolean
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    own uuid := nullif(current_setting('app.ticket', true), '')::uuid;
begin
    if not coalesce(  -- without a holder nothing is known, and nothing allowed
        people.is_system()
        or people.ticket_holder() = set_password.staff_id
        or ('administrator' = any (people.roles_held())
            and exists (select from people.staff where staff.staff_id = set_password.staff_id)
            and not people.is_foreign_staff(set_password.staff_id)),
        false
    ) then
        return false;
    end if;
    insert into people.password as held (staff_id, hash, set_at, set_by)
    values (set_password.staff_id, set_password.hash, set_password.at, set_password.by)
    on conflict on constraint password_pkey do update
        set hash = excluded.hash, set_at = excluded.set_at, set_by = excluded.set_by;
    delete from people.session
     where session.staff_id = set_password.staff_id and session.ticket is distinct from own;
    delete from people.ticket
     where ticket.staff_id = set_password.staff_id and ticket.ticket is distinct from own;
    return true;
end $$;

-- Ends the session of the own ticket.
create function people.close_session() returns void
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    own uuid := nullif(current_setting('app.ticket', true), '')::uuid;
begin
    delete from people.session where session.ticket = own;
    delete from people.ticket where ticket.ticket = own and ticket.kind = 'person';
end $$;

-- Whose account it is, whatever the scope: an account is one person’s in the whole installation.
create function people.is_foreign_account(account text) returns boolean
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return exists (
        select from people.account
         where account.account = is_foreign_account.account
           and people.is_foreign_staff(account.staff_id));
end $$;

revoke all on function
    people.session_of, people.password_of, people.set_password, people.close_session,
    people.is_foreign_account
    from public;
grant execute on function
    people.session_of, people.password_of, people.set_password, people.close_session,
    people.is_foreign_account
    to gridkeeper_app;

alter table people.account enable row level security, force row level security;
alter table people.password enable row level security, force row level security;
alter table people.session enable row level security, force row level security;
alter table people.attempt enable row level security, force row level security;
create policy owner_resolves on people.account to current_user using (true);
create policy owner_resolves on people.password to current_user using (true);
create policy owner_resolves on people.session to current_user using (true);

-- Staff is read under its own policy here.
create policy with_the_person on people.account for select to gridkeeper_app
    using (staff_id in (select staff.staff_id from people.staff));
create policy by_who_organises on people.account to gridkeeper_app
    using (
        (select people.may_organise())
        and staff_id in (select staff.staff_id from people.staff));
create policy by_the_system on people.session to gridkeeper_app
    using ((select people.is_system()));
create policy by_the_system on people.attempt to gridkeeper_app
    using ((select people.is_system()));

grant select, insert, update, delete on people.account to gridkeeper_app;
grant select, insert, update, delete on people.session, people.attempt to gridkeeper_app;
