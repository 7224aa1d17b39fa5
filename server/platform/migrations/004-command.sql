-- What a command was answered, so that the same command sent twice is done once. The row is written
-- in the transaction of the effect: both are there, or neither. Sign-in data, like tickets: on Citus
-- a reference table.
create table platform.command (
    staff_id       text        not null,
    operation      text        not null,
    key            text        not null check (length(key) between 1 and 200),
    content_sha256 text        not null,  -- '' where the content holds a secret
    answered       boolean     not null default false,
    answer         jsonb,                 -- null while at work, and where the answer holds a secret
    at             timestamptz not null,
    primary key (staff_id, operation, key)
);
-- Which answers are kept no longer?
create index command_by_time on platform.command (at);

alter table platform.command enable row level security, force row level security;
create policy own on platform.command to gridkeeper_app
    using (staff_id = (select platform.ticket_holder()));
create policy by_the_system on platform.command to gridkeeper_app
    using ((select platform.is_system()));
grant select, insert, update, delete on platform.command to gridkeeper_app;
