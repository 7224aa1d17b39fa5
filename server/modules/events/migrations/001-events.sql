-- On-site events: which hall goes where on which day, the proof that it was there, and what came of it.
create schema events;
grant usage on schema events to gridkeeper_app;

-- How many events a week are due, and in which weeks, as a branch, a city or a province settles it; the
-- latest version holds, none means the usual rules. `branch_id` is the unit that settles.
create table events.rules (
    branch_id            text        not null,
    version              integer     not null check (version > 0),
    per_week             integer     not null check (per_week between 1 and 14),   -- per hall
    from_month           integer     not null check (from_month between 1 and 12), -- from July on: of the year before
    from_date            integer     not null check (from_date between 1 and 31),  -- or the last of the month
    days_before_festival integer     not null check (days_before_festival between 1 and 60), -- the last day
    saved_at             timestamptz not null,
    saved_by             text        not null,
    primary key (branch_id, version)
);
create trigger append_only before update or delete on events.rules
    for each statement execute function platform.refuse_change();
alter table events.rules enable row level security, force row level security;
create policy in_scope on events.rules
    using (branch_id = any ((select people.branches_in_scope())::text[])
        or branch_id = any ((select people.units_in_scope())::text[])
        or branch_id in (select above.unit_id from people.units_above() as above))
    with check (branch_id = any ((select people.units_in_scope())::text[]));
grant select, insert on events.rules to gridkeeper_app;

create table events.event (
    branch_id     text        not null,
    event_id      uuid        not null,
    unit_id       text        not null,                 -- the hall
    kind          text        not null
        check (kind in ('village', 'enterprise', 'community', 'market', 'hall')),
    place_name    text        not null check (place_name <> ''),
    on_day        date        not null,
    starts        text        not null check (starts ~ '^\d\d:\d\d$'),
    ends          text        not null check (ends ~ '^\d\d:\d\d$' and ends > starts),
    staff_ids     text[]      not null check (cardinality(staff_ids) > 0),  -- who goes
    campaign_id   text,                                 -- what is offered there
    planned_at    timestamptz not null,
    planned_by    text        not null,
    held_at       timestamptz,                          -- of the first proof
    reported_at   timestamptz,                          -- of the first result
    called_off_at timestamptz,
    called_off_by text        check ((called_off_by is null) = (called_off_at is null)),
    called_off_note text      check ((called_off_note is null) = (called_off_at is null)),
    state         text        not null generated always as (
        case when called_off_at is not null then 'called-off'
            when reported_at is not null then 'reported'
            when held_at is not null then 'held'
            else 'planned' end) stored,
    primary key (branch_id, event_id),
    check (called_off_at is null or (held_at is null and reported_at is null))
);
-- Which events are there, by day?
create index event_by_day on events.event (branch_id, on_day, event_id);
alter table events.event enable row level security, force row level security;
create policy in_scope on events.event using (
    branch_id = any ((select people.branches_in_scope())::text[])
    and unit_id = any ((select people.units_in_scope())::text[])
);
-- Whoever goes sees where to, also beyond the own post.
create policy own on events.event for select using (
    branch_id = any ((select people.branches_in_scope())::text[])
    and (select people.ticket_holder()) = any (staff_ids)
);
grant select, insert on events.event to gridkeeper_app;
grant update (held_at, reported_at, called_off_at, called_off_by, called_off_note)
    on events.event to gridkeeper_app;

-- What was sent from an event: told once, never changed.
create table events.proof (
    branch_id     text             not null,
    event_id      uuid             not null,
    step          integer          not null check (step > 0),
    latitude      double precision check (latitude between -90 and 90),
    longitude     double precision check (longitude between -180 and 180),
    accuracy_m    double precision check (accuracy_m >= 0),
    position_at   timestamptz,                          -- by the clock of the device
    is_unusable   boolean          not null,            -- a position was told that cannot be, or is too vague
    recorded_at   timestamptz      not null,
    recorded_by   text             not null,
    primary key (branch_id, event_id, step),
    check (num_nonnulls(latitude, longitude, accuracy_m, position_at) in (0, 4)),
    check (not is_unusable or latitude is null)
);
create trigger append_only before update or delete on events.proof
    for each statement execute function platform.refuse_change();
alter table events.proof enable row level security, force row level security;
create policy with_event on events.proof
    using (exists (select from events.event
        where event.branch_id = proof.branch_id and event.event_id = proof.event_id));
grant select, insert on events.proof to gridkeeper_app;

-- The photos of an event, by the number that field keeps them under; their digests stay when they go.
create table events.photo (
    branch_id   text    not null,
    event_id    uuid    not null,
    evidence_id uuid    not null,
    step        integer not null,                       -- of the proof
    sha256      text    not null check (sha256 ~ '^[0-9a-f]{64}$'),
    used_before boolean not null,                       -- the same picture proved another event before
    primary key (branch_id, event_id, evidence_id)
);
-- Did this picture prove another event?
create index photo_by_digest on events.photo (branch_id, sha256);
create trigger append_only before update or delete on events.photo
    for each statement execute function platform.refuse_change();
alter table events.photo enable row level security, force row level security;
create policy with_event on events.photo
    using (exists (select from events.event
        where event.branch_id = photo.branch_id and event.event_id = photo.event_id));
grant select, insert on events.photo to gridkeeper_app;

-- What came of an event. A correction is the next version; the former stay.
create table events.report (
    branch_id   text        not null,
    event_id    uuid        not null,
    version     integer     not null check (version > 0),
    met         integer     not null check (met >= 0),
    leads       integer     not null check (leads between 0 and met),
    orders      jsonb       not null check (jsonb_typeof(orders) = 'array'),
    note        text,
    recorded_at timestamptz not null,
    recorded_by text        not null,
    primary key (branch_id, event_id, version)
);
create trigger append_only before update or delete on events.report
    for each statement execute function platform.refuse_change();
alter table events.report enable row level security, force row level security;
create policy with_event on events.report
    using (exists (select from events.event
        where event.branch_id = report.branch_id and event.event_id = report.event_id));
grant select, insert on events.report to gridkeeper_app;
