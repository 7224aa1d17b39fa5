-- Who did, read or was refused what: appended, never changed, each entry carrying the hash of the one
-- before it in its chain. A chain is a branch, or '' for what belongs to no branch. Entries are
-- appended as the last act of a unit, so a chain is locked for no longer than its commit takes.
create table platform.audit_entry (
    chain      text        not null,  -- the branch; on Citus the column it is distributed by
    seq        bigint      not null check (seq > 0),
    at         timestamptz not null,
    actor      text        not null,
    action     text        not null,
    about_kind text,
    about_id   text,
    body       text        not null,  -- all of the above and the values, and the hash before: what is hashed
    hash       text        not null,  -- SHA-256 of the body in UTF-8, in hexadecimal
    primary key (chain, seq)
);
-- Who did something? What was done to this? Where did this happen?
create index audit_by_actor on platform.audit_entry (chain, actor, seq);
create index audit_by_about on platform.audit_entry (chain, about_kind, about_id, seq);
create index audit_by_action on platform.audit_entry (chain, action, seq);
create index audit_by_time on platform.audit_entry (chain, at);

create table platform.audit_head (
    chain text   primary key,
    seq   bigint not null,
    hash  text   not null
);

-- How far a chain was told to somebody outside: a file, a syslog.
create table platform.audit_told (
    chain text   not null,
    sink  text   not null,
    seq   bigint not null,
    primary key (chain, sink)
);

create trigger append_only before update or delete on platform.audit_entry
    for each row execute function platform.refuse_change();
create trigger append_only_whole before truncate on platform.audit_entry
    for each statement execute function platform.refuse_change();

-- Who asks, a person or a token, is resolved by people; bodies are bound when they first run, after all
-- migrations.
create function platform.is_system() returns boolean language plpgsql stable as $$
begin
    return people.is_system();
end
$$;
create function platform.ticket_holder() returns text language plpgsql stable as $$
begin
    return people.acting();
end
$$;
create function platform.audits_the_rest() returns boolean language plpgsql stable as $$
begin
    return people.audits_the_rest();
end
$$;
create function platform.units_audited() returns text[] language plpgsql stable as $$
begin
    return people.units_of_roles(array['auditor']);
end
$$;

-- An entry that was tampered with may hold anything.
create function platform.read_json(text) returns jsonb
    language plpgsql immutable strict parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return $1::jsonb;
exception when others then
    return null;
end
$$;

-- Appends events, an array of {branch, actor, action, kind, id, values}, in their order. The actor is
-- the holder of the ticket; only the system may name another, for whom it acts.
create function platform.append_audit(events jsonb) returns void
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    holder  text := people.acting();
    trusted boolean := people.is_system();
    instant timestamptz := current_setting('app.now')::timestamptz;
    told    record;
    head    platform.audit_head;
    body    text;
begin
    for told in
        select coalesce(event->>'branch', '') as chain, event,
               case when trusted then coalesce(event->>'actor', 'system') else holder end as actor
          from jsonb_array_elements(events) with ordinality as given (event, place)
         order by 1, place  -- chains are locked in one order, so two units never wait for each other
    loop
        if told.actor is null
           or told.chain <> '' and not told.chain = any (people.branches_in_scope()) then
            raise exception 'an audit entry by nobody, or in a foreign branch'
                using errcode = 'insufficient_privilege';
        end if;
        insert into platform.audit_head as held (chain, seq, hash) values (told.chain, 0, '')
            on conflict on constraint audit_head_pkey do update set seq = held.seq
            returning * into head;
        body := jsonb_build_object(
            'chain', told.chain, 'seq', head.seq + 1, 'prev', head.hash,
            'at', to_char(instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'actor', told.actor, 'action', told.event->>'action', 'kind', told.event->>'kind',
            'id', told.event->>'id', 'values', coalesce(told.event->'values', '{}'::jsonb))::text;
        insert into platform.audit_entry
            (chain, seq, at, actor, action, about_kind, about_id, body, hash)
        values (told.chain, head.seq + 1, date_trunc('milliseconds', instant), told.actor,
            told.event->>'action', told.event->>'kind', told.event->>'id', body,
            encode(sha256(convert_to(body, 'UTF8')), 'hex'));
        update platform.audit_head
           set seq = head.seq + 1, hash = encode(sha256(convert_to(body, 'UTF8')), 'hex')
         where audit_head.chain = told.chain;
    end loop;
end
$$;
revoke all on function platform.append_audit from public;
grant execute on function platform.append_audit to gridkeeper_app;

alter table platform.audit_entry enable row level security, force row level security;
alter table platform.audit_head enable row level security, force row level security;
alter table platform.audit_told enable row level security, force row level security;
create policy owner_appends on platform.audit_entry to current_user using (true);
create policy owner_appends on platform.audit_head to current_user using (true);
create policy by_who_audits on platform.audit_entry for select to gridkeeper_app
    using (
        chain = any ((select platform.units_audited())::text[])
        or chain = '' and (select platform.audits_the_rest()));
create policy by_who_audits on platform.audit_head for select to gridkeeper_app
    using (
        chain = any ((select platform.units_audited())::text[])
        or chain = '' and (select platform.audits_the_rest()));
create policy by_the_system on platform.audit_told to gridkeeper_app
    using ((select platform.is_system()));
grant select on platform.audit_entry, platform.audit_head to gridkeeper_app;
grant select, insert, update on platform.audit_told to gridkeeper_app;
