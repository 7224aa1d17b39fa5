-- What was delivered, how it was understood, what it changed; and the card of each subscriber, which
-- always shows the latest day. The rows themselves stand in the lake.
create schema subscribers;
grant usage on schema subscribers to gridkeeper_app;

create table subscribers.profile (
    branch_id text        not null,
    name      text        not null check (name ~ '^[a-z0-9-]{2,60}$'),
    version   integer     not null check (version > 0),
    kind      text        not null,
    yaml      text        not null,
    saved_at  timestamptz not null,
    saved_by  text        not null,
    -- Also serves: the latest version of a profile.
    primary key (branch_id, name, version)
);
create trigger append_only before update or delete on subscribers.profile
    for each statement execute function platform.refuse_change();

create table subscribers.import (
    branch_id        text        not null,
    import_id        uuid        not null,
    content_id       text        not null,  -- hash of kind, branch, date, source and profile
    kind             text        not null,
    date             date        not null,  -- the day the file is about
    file             text        not null,
    bytes            bigint      not null,
    source_sha256    text        not null,
    profile          text,                  -- name@version, or the name of a file
    forced           text,                  -- why a count that moved too far was taken
    row_count        bigint      not null check (row_count = accepted_count + rejected_count + duplicate_count),
    accepted_count   bigint      not null check (accepted_count >= 0),
    rejected_count   bigint      not null check (rejected_count >= 0),
    duplicate_count  bigint      not null check (duplicate_count >= 0),
    changed          boolean     not null,
    warnings         jsonb       not null,
    reject_reasons   jsonb       not null,
    columns          jsonb       not null,  -- column, label, source, filled
    not_delivered    jsonb       not null,
    rejects_file     text,                  -- below the data folder
    duplicates_file  text,
    imported_at      timestamptz not null,
    imported_by      text        not null,
    turn             bigint      not null generated always as identity,
    state            text        not null check (state in ('current', 'replaced', 'withdrawn')),
    replaces         uuid,                  -- the import that was current for this day before
    withdrawn_reason text        check ((withdrawn_reason is not null) = (state = 'withdrawn')),
    withdrawn_at     timestamptz,
    withdrawn_by     text,
    primary key (branch_id, import_id)
);
-- The same content counts once, whoever comes second.
create unique index import_once on subscribers.import (branch_id, kind, content_id)
    where state = 'current';
-- One extract stands for a day.
create unique index import_of_day on subscribers.import (branch_id, date)
    where state = 'current' and kind = 'subscribers';
-- The history, newest first; the latest current import of a kind.
create index import_history on subscribers.import (branch_id, turn desc);

create table subscribers.snapshot (
    branch_id   text        not null,
    snapshot_id text        not null,
    import_id   uuid        not null,
    date        date        not null,
    file        text        not null,       -- below the lake’s folder
    row_count   bigint      not null,
    recorded_at timestamptz not null,
    primary key (branch_id, import_id, snapshot_id)
);

-- What an import changed against the snapshot on which the cards stood until then.
create table subscribers.difference (
    branch_id       text    not null,
    import_id       uuid    not null,
    before_snapshot text,                   -- null: there was none, everybody appeared
    before_date     date,
    after_snapshot  text    not null,
    appeared        bigint  not null,
    gone            bigint  not null,
    changed         bigint  not null,
    moved_cards     boolean not null,       -- false for a day before the latest one
    primary key (branch_id, import_id)
);
create table subscribers.difference_column (
    branch_id     text   not null,
    import_id     uuid   not null,
    column_id     text   not null,
    changed_count bigint not null check (changed_count > 0),
    primary key (branch_id, import_id, column_id)
);

-- On which snapshot the cards of a branch stand.
create table subscribers.standing (
    branch_id   text not null primary key,
    snapshot_id text not null,
    import_id   uuid not null,
    date        date not null
);

do $$
declare
    named text;
begin
    foreach named in array array['profile', 'import', 'snapshot', 'difference', 'difference_column', 'standing'] loop
        execute format('alter table subscribers.%I enable row level security, force row level security', named);
        execute format(
            'create policy in_scope on subscribers.%I using (branch_id = any ((select people.branches_in_scope())::text[]))',
            named);
    end loop;
end $$;
grant select, insert on subscribers.profile, subscribers.import, subscribers.snapshot,
    subscribers.difference, subscribers.difference_column to gridkeeper_app;
grant update (state, withdrawn_reason, withdrawn_at, withdrawn_by) on subscribers.import to gridkeeper_app;
grant select, insert, update, delete on subscribers.standing to gridkeeper_app;
