-- Keys of other systems. A token stands for no person: it carries one unit, whose subtree is its
-- scope, and a set of actions; it holds no role, so nothing that a role allows in the database is
-- allowed to it. Its ticket is made with it and ends with it. Small, read at every call of an
-- integration: on Citus a reference table, like the tickets.
create table people.service_token (
    -- The first part of the token itself, so that one that leaked is found in this list.
    token_id      text        primary key check (token_id ~ '^gk_[0-9a-z]{12}$'),
    secret_sha256 text        not null unique check (secret_sha256 ~ '^[0-9a-f]{64}$'),
    ticket        uuid        not null unique,
    unit_id       text        not null,
    name          text        not null check (name <> ''),
    actions       text[]      not null check (cardinality(actions) > 0),
    made_at       timestamptz not null,
    made_by       text        not null,
    expires_at    timestamptz not null
        check (expires_at > made_at and expires_at <= made_at + interval '366 days'),
    used_at       timestamptz,
    revoked_at    timestamptz,
    revoked_by    text,
    check ((revoked_at is null) = (revoked_by is null))
);
-- Which tokens act in this unit?
create index service_token_by_unit on people.service_token (unit_id);

alter table people.ticket
    add column token_id text,
    drop constraint ticket_kind_check,
    drop constraint ticket_check,
    drop constraint ticket_check1,
    add constraint ticket_kind_check check (kind in ('person', 'system', 'token')),
    add constraint ticket_of_a_person check ((staff_id is not null) = (kind = 'person')),
    add constraint ticket_of_a_token check ((token_id is not null) = (kind = 'token')),
    add constraint ticket_that_ends check (expires_at is not null or kind = 'system');

-- The token that holds the ticket; null for people, for the system, and once it ended.
create function people.token_holding() returns text
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select token_id from people.ticket
         where ticket = nullif(current_setting('app.ticket', true), '')::uuid and kind = 'token'
           and expires_at > nullif(current_setting('app.now', true), '')::timestamptz);
end $$;

-- Who acts, as records keep it: a person or a token. Only people have roles: `ticket_holder` is theirs.
create function people.acting() returns text
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return coalesce(people.ticket_holder(), people.token_holding());
end $$;

-- Whether the holder keeps the tokens of a unit: an administrator who has it in scope.
create function people.may_keep_tokens(unit_id text) returns boolean
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return may_keep_tokens.unit_id = any (people.units_of_roles(array['administrator']));
end $$;

-- Makes a token with its ticket. False: not allowed.
create function people.make_token(
    token_id text, secret_sha256 text, ticket uuid, unit_id text, name text, actions text[],
    at timestamptz, by text, expires_at timestamptz) returns boolean
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not people.may_keep_tokens(make_token.unit_id) then
        return false;
    end if;
    insert into people.service_token
        (token_id, secret_sha256, ticket, unit_id, name, actions, made_at, made_by, expires_at)
    values (make_token.token_id, make_token.secret_sha256, make_token.ticket, make_token.unit_id,
        make_token.name, make_token.actions, make_token.at, make_token.by, make_token.expires_at);
    insert into people.ticket (ticket, kind, token_id, opened_at, expires_at)
    values (make_token.ticket, 'token', make_token.token_id, make_token.at, make_token.expires_at);
    return true;
end $$;

-- Ends a token and its ticket at once. False: there is none in reach, or it ended before.
create function people.revoke_token(token_id text, at timestamptz, by text) returns boolean
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    update people.service_token as held
       set revoked_at = revoke_token.at, revoked_by = revoke_token.by
     where held.token_id = revoke_token.token_id and held.revoked_at is null
       and people.may_keep_tokens(held.unit_id);
    if not found then
        return false;
    end if;
    delete from people.ticket where ticket.token_id = revoke_token.token_id;
    return true;
end $$;

-- Whose token it is, for the system: of one that holds at the instant of the unit of work.
create function people.token_of(secret_sha256 text)
    returns table (token_id text, ticket uuid, actions text[], used_at timestamptz)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if people.is_system() then
        return query
            select held.token_id, held.ticket, held.actions, held.used_at
              from people.service_token as held
             where held.secret_sha256 = token_of.secret_sha256 and held.revoked_at is null
               and held.expires_at > nullif(current_setting('app.now', true), '')::timestamptz;
    end if;
end $$;

-- Notes that a token was used; by the system alone.
create function people.note_use(token_id text, at timestamptz) returns void
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if people.is_system() then
        update people.service_token as held set used_at = note_use.at
         where held.token_id = note_use.token_id
           and (held.used_at is null or held.used_at < note_use.at);
    end if;
end $$;

revoke all on function
    people.token_holding, people.acting, people.may_keep_tokens, people.make_token,
    people.revoke_token, people.token_of, people.note_use
    from public;
grant execute on function
    people.acting, people.make_token, people.revoke_token, people.token_of, people.note_use
    to gridkeeper_app;

alter table people.service_token enable row level security, force row level security;
create policy owner_resolves on people.service_token to current_user using (true);
create policy read_in_scope on people.service_token for select to gridkeeper_app
    using (unit_id = any ((select people.units_in_scope())::text[]));
-- All but the hash and the ticket, which nobody reads.
grant select (token_id, unit_id, name, actions, made_at, made_by, expires_at, used_at, revoked_at,
    revoked_by) on people.service_token to gridkeeper_app;
