-- Long pieces of work, so that a restart can go on with what was not finished.
create table platform.job (
    branch_id   text        not null,
    job_id      uuid        not null,
    kind        text        not null,
    input       jsonb       not null,
    state       text        not null
        check (state in ('queued', 'running', 'done', 'refused', 'failed', 'cancelled')),
    result      jsonb,
    refusal     jsonb,                                  -- code and values of the refusal
    started_by  text        not null,
    created_at  timestamptz not null,
    finished_at timestamptz,
    primary key (branch_id, job_id),
    check ((finished_at is null) = (state in ('queued', 'running')))
);
-- Question: which jobs were not finished when the server stopped?
create index job_unfinished on platform.job (created_at) where finished_at is null;
grant select, insert, update on platform.job to gridkeeper_app;

-- Who is in scope is resolved by people; the body is bound when it first runs, after all migrations.
create function platform.branches_in_scope() returns text[] language plpgsql stable as $$
begin
    return people.branches_in_scope();
end
$$;
alter table platform.job enable row level security, force row level security;
create policy in_scope on platform.job
    using (branch_id = any ((select platform.branches_in_scope())::text[]));
