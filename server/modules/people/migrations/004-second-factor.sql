-- Passwords that somebody else gave, second factors, sessions that can be told apart and ended, and
-- what a person is told of their last sign-in. Read and written by the system's own units alone,
-- where nothing else is said. Sessions begin anew, since those from before carry none of it.
delete from people.session;
delete from people.ticket where kind = 'person';

alter table people.password
    add given      boolean not null default false,  -- by somebody else: to be changed at sign-in
    add expires_at timestamptz check (expires_at is null or given);
update people.password set given = true where set_by <> staff_id;

alter table people.attempt
    drop constraint attempt_kind_check,
    add check (kind in ('account', 'address', 'factor'));

-- What has to be done before a session opens anything else; null: nothing.
alter table people.session
    add session_id   uuid    not null unique,
    add device       text,
    add due          text    check (due in ('second-factor', 'password-change', 'enrolment')),
    add idle_seconds integer not null check (idle_seconds > 0),
    -- Unit and roles at the opening: the session ends when they are others.
    add post         text    not null;

create table people.second_factor (
    staff_id     text        primary key,
    sealed       text        not null check (sealed like 'v1.%'),  -- the secret, under a key outside
    begun_at     timestamptz not null,
    confirmed_at timestamptz,                                     -- null: not in force yet
    last_step    bigint      not null default 0                   -- no code of it or before works again
);

create table people.recovery_code (
    staff_id text        not null,
    place    integer     not null check (place > 0),
    hash     text        not null check (hash like '$argon2id$%'),
    used_at  timestamptz,
    primary key (staff_id, place)
);

create table people.last_sign_in (
    staff_id text        primary key,
    at       timestamptz not null,
    address  text,
    device   text,
    failures integer     not null check (failures >= 0)  -- refused since
);

-- Whose roles take a second factor: of a unit, in versions. What a unit above asks is asked below.
-- `branch_id` is the unit that settles.
create table people.sign_in_rule (
    branch_id text        not null,
    version   integer     not null check (version > 0),
    roles     text[]      not null,
    saved_at  timestamptz not null default platform.unit_now(),
    saved_by  text        not null,
    primary key (branch_id, version)
);
create trigger append_only before update or delete on people.sign_in_rule
    for each statement execute function platform.refuse_change();

-- Whose session it is, for the system: of a person whose post is still that of the opening.
drop function people.session_of;
create function people.session_of(token_sha256 text)
    returns table (session_id uuid, staff_id text, ticket uuid, address text, device text,
        seen_at timestamptz, ends_at timestamptz, idle_seconds integer, due text, roles text[])
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if people.is_system() then
        return query
            select session.session_id, session.staff_id, session.ticket, session.address,
                   session.device, session.seen_at, session.ends_at, session.idle_seconds,
                   session.due, staff.roles
              from people.session
              join people.staff
                on staff.staff_id = session.staff_id and staff.valid_from <= people.today()
               and (staff.valid_to is null or people.today() < staff.valid_to)
             where session.token_sha256 = session_of.token_sha256
               and session.post = people.post_mark(session.staff_id);
    end if;
end $$;

-- What a sign-in is compared with, for the system and for that person.
drop function people.password_of;
create function people.credential_of(staff_id text)
    returns table (hash text, given boolean, expires_at timestamptz, set_at timestamptz)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if people.is_system() or people.ticket_holder() = credential_of.staff_id then
        return query
            select password.hash, password.given, password.expires_at, password.set_at
              from people.password where password.staff_id = credential_of.staff_id;
    end if;
end $$;

-- Ends all sessions of a person but the one of the own ticket.
create function people.end_sessions(staff_id text) returns void
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    own uuid := nullif(current_setting('app.ticket', true), '')::uuid;
begin
    delete from people.session
     where session.staff_id = end_sessions.staff_id and session.ticket is distinct from own;
    delete from people.ticket
     where ticket.staff_id = end_sessions.staff_id and ticket.kind = 'person'
       and ticket.ticket is distinct from own;
end $$;

-- Sets a password: the system, the person, or who may help; what these give is to be changed. All
-- other sessions of the person end, and their tickets with them. False: not allowed.
drop function people.set_password;
create function people.set_password(
    staff_id text, hash text, at timestamptz, by text, given boolean, expires_at timestamptz
) returns boolean
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    own boolean := coalesce(people.ticket_holder() = set_password.staff_id, false);
begin
    if not (own or people.may_help(set_password.staff_id))
       or not (own or people.is_system() or set_password.given) then
        return false;
    end if;
    insert into people.password as held (staff_id, hash, set_at, set_by, given, expires_at)
    values (set_password.staff_id, set_password.hash, set_password.at, set_password.by,
        set_password.given, set_password.expires_at)
    on conflict on constraint password_pkey do update
        set hash = excluded.hash, set_at = excluded.set_at, set_by = excluded.set_by,
            given = excluded.given, expires_at = excluded.expires_at;
    perform people.end_sessions(set_password.staff_id);
    return true;
end $$;

-- Forgets the failures of a person's account: whether there were any; null: not allowed.
create function people.unlock(staff_id text) returns boolean
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    forgotten integer;
begin
    if not people.may_help(unlock.staff_id) then
        return null;
    end if;
    delete from people.attempt
     where kind = 'account' and key in (
               select account.account from people.account where account.staff_id = unlock.staff_id)
        or kind = 'factor' and key = unlock.staff_id;
    get diagnostics forgotten = row_count;
    return forgotten > 0;
end $$;

-- Takes a second factor away and ends the sessions: whether there was one; null: not allowed.
create function people.reset_second_factor(staff_id text) returns boolean
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    taken integer;
begin
    if not people.may_help(reset_second_factor.staff_id) then
        return null;
    end if;
    delete from people.recovery_code where recovery_code.staff_id = reset_second_factor.staff_id;
    delete from people.second_factor where second_factor.staff_id = reset_second_factor.staff_id;
    get diagnostics taken = row_count;
    perform people.end_sessions(reset_second_factor.staff_id);
    return taken > 0;
end $$;

revoke all on function
    people.session_of, people.credential_of, people.end_sessions, people.set_password, people.unlock,
    people.reset_second_factor
    from public;
grant execute on function
    people.session_of, people.credential_of, people.set_password, people.unlock,
    people.reset_second_factor
    to gridkeeper_app;

alter table people.second_factor enable row level security, force row level security;
alter table people.recovery_code enable row level security, force row level security;
alter table people.last_sign_in enable row level security, force row level security;
alter table people.sign_in_rule enable row level security, force row level security;
create policy owner_resolves on people.attempt to current_user using (true);
create policy owner_resolves on people.second_factor to current_user using (true);
create policy owner_resolves on people.recovery_code to current_user using (true);
create policy by_the_system on people.second_factor to gridkeeper_app
    using ((select people.is_system()));
create policy by_the_system on people.recovery_code to gridkeeper_app
    using ((select people.is_system()));
create policy by_the_system on people.last_sign_in to gridkeeper_app
    using ((select people.is_system()));
create policy in_scope on people.sign_in_rule to gridkeeper_app
    using (branch_id = any ((select people.branches_in_scope())::text[])
        or branch_id = any ((select people.units_in_scope())::text[])
        or branch_id in (select above.unit_id from people.units_above() as above))
    with check (branch_id = any ((select people.units_in_scope())::text[]));

grant select, insert, update, delete
    on people.second_factor, people.recovery_code, people.last_sign_in to gridkeeper_app;
grant select, insert on people.sign_in_rule to gridkeeper_app;
