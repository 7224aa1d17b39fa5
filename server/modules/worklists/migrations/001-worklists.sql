-- The plan of a day: who is to be met by whom, in which order, and what became of every candidate.
-- The decisions themselves, hundreds of thousands a day, stand in the lake beside the snapshots;
-- here stand what screens sum up, and the tasks that people work on.
create schema worklists;
grant usage on schema worklists to gridkeeper_app;

create table worklists.plan (
    branch_id     text        not null,
    plan_id       text        not null check (plan_id ~ '^[a-z0-9-]{8,80}$'),  -- hash of all inputs
    day           date        not null,
    snapshot_id   text        not null,
    snapshot_date date        not null,
    state         text        not null check (state in ('draft', 'publishing', 'published', 'superseded')),
    made_at       timestamptz not null,
    made_by       text        not null,
    published_at  timestamptz check ((published_at is not null) = (state in ('published', 'superseded'))),
    published_by  text        check ((published_by is not null) = (published_at is not null)),
    -- What the plan was made of and says beside its numbers: rules, campaigns as they stood,
    -- warnings, SHA-256 of its files.
    details       jsonb       not null check (jsonb_typeof(details) = 'object'),
    primary key (branch_id, plan_id)
);
-- Which plans has the branch, latest day first?
create index plan_by_day on worklists.plan (branch_id, day desc, plan_id);
-- A day has one published plan; who publishes second finds the first superseded, or fails here.
create unique index one_published on worklists.plan (branch_id, day) where state = 'published';

-- How many decisions of each kind fell in each unit; the funnel at every level is a sum of these.
-- Outcome `base` counts the subscribers themselves, under the empty campaign.
create table worklists.tally (
    branch_id text    not null,
    plan_id   text    not null,
    unit_id   text    not null,
    campaign  text    not null,
    outcome   text    not null
        check (outcome in ('base', 'assigned', 'unassigned', 'suppressed', 'held-out', 'outranked')),
    reason    text    not null,                            -- empty where the outcome says it all
    count     integer not null check (count > 0),
    primary key (branch_id, plan_id, unit_id, campaign, outcome, reason)
);

-- What each person who works on the day can do, and got to do.
create table worklists.load (
    branch_id  text    not null,
    plan_id    text    not null,
    staff_id   text    not null,
    touchpoint text    not null check (touchpoint in ('door', 'installer', 'hall', 'call_out')),
    unit_id    text    not null,                           -- where the person is posted
    capacity   integer not null check (capacity > 0),
    load       integer not null check (load between 0 and capacity),
    peers_mean numeric,                                    -- set where the load is off it by a tenth
    forced_by  text    check (forced_by in ('ownership', 'whole-tasks')),
    primary key (branch_id, plan_id, staff_id, touchpoint),
    check ((peers_mean is null) = (forced_by is null))
);

create trigger append_only before update or delete on worklists.tally
    for each statement execute function platform.refuse_change();
create trigger append_only before update or delete on worklists.load
    for each statement execute function platform.refuse_change();

create table worklists.task (
    branch_id        text        not null,
    task_id          text        not null,                 -- hash of plan, campaign, touchpoint, subscriber
    plan_id          text        not null,
    day              date        not null,
    subscriber_id    text        not null,
    household_id     text        not null,
    unit_id          text        not null,                 -- the grid the household lives in
    assignee_id      text        not null,
    assignee_unit_id text        not null,                 -- where the assignee is posted on the day
    campaign         text        not null,
    touchpoint       text        not null check (touchpoint in ('door', 'installer', 'hall', 'call_out')),
    visit_order      integer     not null check (visit_order > 0),
    window_start     timestamptz not null,
    window_end       timestamptz not null check (window_end > window_start),
    due_on           date        not null,
    offer            text        not null,
    priority         numeric     not null,
    value_fen        bigint      not null,
    name             text,                                 -- masked
    phone            text,                                 -- masked
    address          text,                                 -- whole: it is where the visit goes
    town_name        text,
    place_name       text,
    reasons          jsonb       not null check (jsonb_typeof(reasons) = 'array'),
    state            text        not null check (state in ('open', 'withdrawn')),
    primary key (branch_id, task_id)
);
-- A household is met at most once through a touchpoint. Also serves: which tasks has this plan?
create unique index one_a_touchpoint on worklists.task (branch_id, plan_id, household_id, touchpoint);
-- What is on this person's list, in order of visits?
create unique index task_by_assignee on worklists.task (branch_id, plan_id, assignee_id, visit_order);
-- What is known of this subscriber on that day?
create index task_by_subscriber on worklists.task (branch_id, subscriber_id, day);

-- How the branch wants its days planned; the latest version holds, none means the usual rules.
create table worklists.rules (
    branch_id    text        not null,
    version      integer     not null check (version > 0),
    may_overflow boolean     not null,                     -- full crews hand over to hall and zone
    recorded_at  timestamptz not null,
    recorded_by  text        not null,
    primary key (branch_id, version)
);
create trigger append_only before update or delete on worklists.rules
    for each statement execute function platform.refuse_change();

alter table worklists.plan enable row level security, force row level security;
alter table worklists.tally enable row level security, force row level security;
alter table worklists.load enable row level security, force row level security;
alter table worklists.task enable row level security, force row level security;
alter table worklists.rules enable row level security, force row level security;

create policy in_scope on worklists.plan
    using (branch_id = any ((select people.branches_in_scope())::text[]));
create policy in_scope on worklists.rules
    using (branch_id = any ((select people.branches_in_scope())::text[]));
create policy in_scope on worklists.tally
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and unit_id = any ((select people.units_in_scope())::text[]));
create policy in_scope on worklists.load
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and unit_id = any ((select people.units_in_scope())::text[]));
-- A task is seen from both ends: where the household lives, and where the assignee belongs.
create policy in_scope on worklists.task
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and (unit_id = any ((select people.units_in_scope())::text[])
            or assignee_unit_id = any ((select people.units_in_scope())::text[])));

grant select, insert, update on worklists.plan, worklists.task to gridkeeper_app;
grant select, insert on worklists.tally, worklists.load, worklists.rules to gridkeeper_app;
