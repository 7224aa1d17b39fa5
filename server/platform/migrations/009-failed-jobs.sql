-- A job that came to nothing can be tried again, and every job is forgotten in the end.
alter table platform.job
    add column tries integer not null default 1 check (tries > 0),  -- how often somebody had it done
    add column fault text,                                          -- why it failed: code or name of the error
    add check (fault is null or state = 'failed');
-- Question: what came to nothing in this branch, the latest first?
create index job_failed on platform.job (branch_id, finished_at, job_id) where state in ('failed', 'refused');
-- Question: which jobs are kept no longer?
create index job_ended on platform.job (finished_at) where finished_at is not null;

create policy forgotten_by_the_system on platform.job as restrictive for delete to gridkeeper_app
    using ((select platform.is_system()));
grant delete on platform.job to gridkeeper_app;

-- Whoever serves runs no function of the queue but the clock by which messages are put in.
create or replace function platform.guard_queue() returns void language plpgsql
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
    revoke execute on all routines in schema pgboss from public, gridkeeper_app;
    grant execute on function pgboss.job_now() to gridkeeper_app;
end
$$;
select platform.guard_queue();
