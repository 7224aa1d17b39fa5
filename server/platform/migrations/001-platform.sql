-- What every module stands on: the role that serves, the refusal to change facts, and the jobs.
do $$
begin
    if not exists (select from pg_roles where rolname = 'gridkeeper_app') then
        create role gridkeeper_app nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'gridkeeper_login') then
        create role gridkeeper_login login noinherit;
    end if;
    grant gridkeeper_app to gridkeeper_login;
exception
    when duplicate_object or unique_violation then null;  -- another database of the cluster was first
end
$$;

create schema if not exists platform;
grant usage on schema platform to gridkeeper_app;

-- Facts are appended, never changed: a table of facts puts this before update and delete.
create function platform.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_schema || '.' || tg_table_name
        using errcode = 'restrict_violation';
end
$$;

-- The instant of the unit of work, as it was set; the clock of the server is not asked.
create function platform.unit_now() returns timestamptz language sql stable as $$
    select current_setting('app.now')::timestamptz
$$;
