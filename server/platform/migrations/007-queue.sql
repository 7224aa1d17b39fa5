-- Messages of the queue. Its tables, the schema pgboss, are made by pg-boss itself before the migrations
-- run (queue-schema.ts) and belong to the owner of the ledger, who takes, settles and clears messages.
-- Whoever serves may do one thing: put a message in, in its own transaction and its own branch.

-- Puts every table of the queue that is not guarded yet under row-level security, open to its owner
-- alone. Run again whenever pg-boss has changed its tables.
create function platform.guard_queue() returns void language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    unguarded text;
begin
    for unguarded in
        select format('%I.%I', n.nspname, c.relname)
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'pgboss' and c.relkind in ('r', 'p')
           and not (c.relrowsecurity and c.relforcerowsecurity)
         order by c.oid
    loop
        execute format('alter table %s enable row level security, force row level security', unguarded);
        execute format('create policy owner_works on %s to %I using (true)', unguarded, current_user);
    end loop;
end
$$;
revoke all on function platform.guard_queue from public;
select platform.guard_queue();

grant usage on schema pgboss to gridkeeper_app;

-- Who puts a message in looks up how its queue keeps messages. The names of queues are no secret, and
-- yet nothing is shown to a ticket that nobody holds.
create policy by_who_sends on pgboss.queue for select to gridkeeper_app
    using ((select platform.is_system()) or (select platform.ticket_holder()) is not null);
grant select on pgboss.queue to gridkeeper_app;

-- A message begins as one that nobody has taken. It is never read, changed or removed while serving.
create policy in_scope on pgboss.job_common for insert to gridkeeper_app
    with check (
        state = 'created' and retry_count = 0
        and (data->>'branchId' = any ((select platform.branches_in_scope())::text[])
             or (select platform.is_system())));
grant insert on pgboss.job_common to gridkeeper_app;
