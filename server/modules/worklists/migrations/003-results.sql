-- What comes of tasks: their states, the results people tell, the tasks that follow from them, and
-- the hands that tasks go through.

alter table worklists.task
    alter column plan_id drop not null,              -- null: no plan made it
    add column origin text not null default 'plan' check (origin in ('plan', 'follow-up', 'hand')),
    add column kind text not null default 'upgrade' check (kind in
        ('renewal_visit', 'lapsed_sweep', 'wake_up', 'collection', 'upgrade', 'box_recovery',
         'competitor_survey', 'event', 'card_seeding', 'group_joining', 'coaching')),
    add column purpose text not null default 'marketing' check (purpose in
        ('marketing', 'renewal', 'collection', 'service', 'survey', 'retention')),
    add column words_of text,                        -- the plan whose campaign and offers it speaks of
    add column from_task text,                       -- the task whose result it follows from
    add column attempt integer not null default 1 check (attempt > 0),
    add column closed_by uuid,                       -- the result that closed it
    add column closed_at timestamptz,
    add column closed_as text check (closed_as in
        ('done', 'promised', 'refused', 'not_at_home', 'moved', 'competitor', 'wrong_data', 'handed_over')),
    drop constraint task_state_check,
    drop constraint task_visit_order_check;
alter table worklists.task
    add constraint task_state_check check (state in
        ('open', 'done', 'promised', 'refused', 'ended', 'taken_back', 'withdrawn')),
    add constraint task_visit_order_check check (visit_order >= 0),  -- 0: outside the route, first of all
    add constraint task_plan_check check ((plan_id is null) = (origin <> 'plan')),
    add constraint task_from_check check ((from_task is null) = (origin <> 'follow-up')),
    add constraint task_closed_check check ((closed_by is not null)
        = (state in ('done', 'promised', 'refused', 'ended')) and (closed_by is null) = (closed_at is null)
        and (closed_by is null) = (closed_as is null));
-- Tasks of plans that were made before: the sample campaigns tell what they are. The owner of the
-- tables has no scope, whoever that is.
alter table worklists.task no force row level security;
update worklists.task
   set kind = case campaign
           when 'renewal-due' then 'renewal_visit'
           when 'returned-home-retention' then 'renewal_visit'
           when 'lapsed-sweep' then 'lapsed_sweep'
           when 'dormant-wake-up' then 'wake_up'
           when 'arrears-collection' then 'collection'
           else 'upgrade' end,
       purpose = case campaign
           when 'renewal-due' then 'renewal'
           when 'returned-home-retention' then 'retention'
           when 'arrears-collection' then 'collection'
           else 'marketing' end,
       words_of = plan_id;
alter table worklists.task force row level security;
alter table worklists.task alter column kind drop default, alter column purpose drop default;
alter table worklists.task add constraint task_words_check check (origin = 'hand' or words_of is not null);

-- Who takes a task over stands behind the own ones: places in the order may be shared.
drop index worklists.task_by_assignee;
create index task_by_assignee on worklists.task (branch_id, plan_id, assignee_id, visit_order);
-- What no plan made, by the day it is for: what is due, what is overdue?
create index task_beside_plans on worklists.task (branch_id, day, assignee_id) where plan_id is null;
-- Which households wait for somebody who said he would come?
create index task_held on worklists.task (branch_id, household_id, day)
    where plan_id is null and state = 'open';
-- What was closed on this day, whichever plan it came from?
create index task_closed on worklists.task (branch_id, day) where closed_by is not null;

-- What came of a task, as it was told: once, and never changed but for an erasure.
create table worklists.result (
    branch_id        text        not null,
    result_id        uuid        not null,           -- made where it was recorded
    task_id          text        not null,
    subscriber_id    text        not null,
    unit_id          text        not null,           -- of the task, when it was told
    assignee_unit_id text        not null,
    staff_id         text        not null,           -- who told it
    happened_at      timestamptz not null,
    told_at          timestamptz,                    -- by the clock of the device; null: none was told
    device_at        timestamptz,                    -- where that clock was wrong: what it said
    day              date        not null,           -- of happened_at in the zone of the branch
    recorded_at      timestamptz not null default platform.unit_now(),
    result           text        not null check (result in
        ('done', 'promised', 'refused', 'not_at_home', 'moved', 'competitor', 'wrong_data', 'handed_over')),
    standing         text        not null check (standing in ('first', 'beside')),
    done_what        text        check (done_what in
        ('renewal', 'new', 'box', 'third_party', 'payment', 'other')),
    product          text,
    amount_fen       bigint      check (amount_fen >= 0),
    receipt          text,
    promised_on      date,
    refused_scope    text        check (refused_scope in ('offer', 'channel', 'all')),
    refused_until    date,
    try_again        date,
    wrong_field      text        check (wrong_field in ('name', 'phone', 'address', 'other')),
    rival            text,                           -- the other operator
    rival_fee_fen    bigint      check (rival_fee_fen >= 0),
    rival_ends       date,
    handed_to        text,
    reason           text        check (reason in
        ('price', 'competitor', 'moved', 'away', 'trouble', 'unused', 'deceased', 'unknown')),
    note             text,
    started_at       timestamptz,
    latitude         double precision,
    longitude        double precision,
    accuracy_m       double precision,
    positioned_at    timestamptz,
    photos           uuid[]      not null,
    -- What was answered, for whoever tells it again: no word of it is about the subscriber.
    answer           jsonb       not null check (jsonb_typeof(answer) = 'object'),
    is_erased        boolean     not null default false,
    primary key (branch_id, result_id),
    check ((result = 'done') = (done_what is not null)),
    check ((result = 'promised') = (promised_on is not null)),
    check ((result = 'refused') = (refused_scope is not null)),
    check ((result = 'competitor') = (rival is not null)),
    check ((result = 'handed_over') = (handed_to is not null)),
    check ((latitude is null) = (longitude is null))
);
-- What was told of this task?
create index result_by_task on worklists.result (branch_id, task_id, recorded_at);
-- What did this person do on a day?
create index result_by_staff on worklists.result (branch_id, staff_id, day);
-- What was told of this subscriber, latest first?
create index result_by_subscriber on worklists.result (branch_id, subscriber_id, happened_at desc);

-- What was told stays. When somebody is erased the system empties the free text and the place.
create function worklists.keep_told() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    erasable constant text[] := array['note', 'product', 'receipt', 'latitude', 'longitude',
        'accuracy_m', 'positioned_at', 'is_erased'];
    told jsonb := to_jsonb(new);
begin
    if tg_op = 'UPDATE' and people.is_system() and told - erasable = to_jsonb(old) - erasable
        and coalesce(told ->> 'note', told ->> 'product', told ->> 'receipt',
            told ->> 'latitude', told ->> 'longitude', told ->> 'accuracy_m',
            told ->> 'positioned_at') is null and new.is_erased then
        return new;
    end if;
    raise exception '% is append-only', tg_table_schema || '.' || tg_table_name
        using errcode = 'restrict_violation';
end
$$;
create trigger append_only before update or delete on worklists.result
    for each row execute function worklists.keep_told();

-- Through whose hands a task went: from one person to another, or to nobody.
create table worklists.handover (
    branch_id        text        not null,
    task_id          text        not null,
    step             integer     not null check (step > 0),
    unit_id          text        not null,           -- the grid the household lives in
    assignee_unit_id text        not null,           -- where the task went, or lay before it was taken back
    from_staff       text        not null,
    to_staff         text,                           -- null: taken back
    why              text        not null check (why in ('reassigned', 'taken-back', 'untouched', 'split')),
    handed_at        timestamptz not null default platform.unit_now(),
    handed_by        text        not null,
    primary key (branch_id, task_id, step),
    check ((to_staff is null) = (why in ('taken-back', 'untouched')))
);
-- Which tasks were this person’s once?
create index handover_by_former on worklists.handover (branch_id, from_staff, task_id);
create trigger append_only before update or delete on worklists.handover
    for each statement execute function platform.refuse_change();

alter table worklists.result enable row level security, force row level security;
alter table worklists.handover enable row level security, force row level security;
create policy in_scope on worklists.result
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and (unit_id = any ((select people.units_in_scope())::text[])
            or assignee_unit_id = any ((select people.units_in_scope())::text[])));
create policy in_scope on worklists.handover
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and (unit_id = any ((select people.units_in_scope())::text[])
            or assignee_unit_id = any ((select people.units_in_scope())::text[])));

grant select, insert on worklists.result, worklists.handover to gridkeeper_app;
grant update (note, product, receipt, latitude, longitude, accuracy_m, positioned_at, is_erased)
    on worklists.result to gridkeeper_app;
