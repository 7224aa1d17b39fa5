-- Who outside is told what happens here. A webhook belongs to a branch or to a unit above, and is told
-- what happens in the branches below it. Small, like the tokens: on Citus a reference table.
create table platform.webhook (
    webhook_id   text        primary key check (webhook_id ~ '^wh_[0-9a-z]{12}$'),
    unit_id      text        not null,
    name         text        not null check (name <> ''),
    url          text        not null,
    kinds        text[]      not null check (cardinality(kinds) > 0),
    secret       text        not null,  -- sealed under a key that is kept elsewhere
    state        text        not null default 'active' check (state in ('active', 'paused', 'disabled')),
    because      text,                  -- why it is disabled: what the last attempt came to
    made_at      timestamptz not null,
    made_by      text        not null,
    delivered_at timestamptz,
    check ((because is not null) = (state = 'disabled'))
);
-- Who is told what happens in this unit?
create index webhook_by_unit on platform.webhook (unit_id);

-- One message for one webhook, written with the act that it tells of. What is sent is `body`, byte by
-- byte, however often; `event_id` is the same for every webhook that is told of the same act.
create table platform.webhook_delivery (
    branch_id   text        not null,
    webhook_id  text        not null references platform.webhook on delete cascade,
    event_id    text        not null check (event_id ~ '^evt_[0-9a-f]{32}$'),
    kind        text        not null,
    body        text        not null,
    happened_at timestamptz not null,
    state       text        not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
    attempts    integer     not null default 0 check (attempts >= 0),
    next_at     timestamptz not null,   -- while it waits: not before
    tried_since timestamptz,            -- the first attempt since it was last begun anew
    last_at     timestamptz,
    outcome     text,                   -- of the latest attempt: a status, or why there was none
    claim       uuid,                   -- of whoever sends it now, until `next_at`
    primary key (branch_id, webhook_id, event_id)
);
-- What is due?
create index webhook_delivery_due on platform.webhook_delivery (next_at) where state = 'waiting';
-- What was a webhook sent lately?
create index webhook_delivery_latest on platform.webhook_delivery (webhook_id, happened_at, event_id);

-- Who keeps webhooks is resolved by people; the body is bound when it first runs, after all migrations.
create function platform.units_administered() returns text[] language plpgsql stable as $$
begin
    return people.units_of_roles(array['administrator']);
end
$$;

-- Writes a message for each webhook that wants it: of events, an array of {branch, id, kind, body}.
-- Whoever acts need not see who is told.
create function platform.tell_webhooks(events jsonb) returns integer
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    instant timestamptz := current_setting('app.now')::timestamptz;
    told    integer;
begin
    if exists (
        select from jsonb_array_elements(events) as event
         where (event->>'branch' = any (people.branches_in_scope())) is not true
    ) then
        raise exception 'an event of a foreign branch' using errcode = 'insufficient_privilege';
    end if;
    insert into platform.webhook_delivery
        (branch_id, webhook_id, event_id, kind, body, happened_at, next_at)
    select event->>'branch', webhook.webhook_id, event->>'id', event->>'kind', event->>'body',
           instant, instant
      from jsonb_array_elements(events) as event
      join platform.webhook on event->>'kind' = any (webhook.kinds)
       and webhook.unit_id in (select above.unit_id from people.climb(event->>'branch') as above);
    get diagnostics told = row_count;
    return told;
end
$$;
revoke all on function platform.tell_webhooks from public;
grant execute on function platform.tell_webhooks to gridkeeper_app;

alter table platform.webhook enable row level security, force row level security;
alter table platform.webhook_delivery enable row level security, force row level security;
create policy owner_tells on platform.webhook to current_user using (true);
create policy owner_tells on platform.webhook_delivery to current_user using (true);
create policy by_administrators on platform.webhook to gridkeeper_app
    using (unit_id = any ((select platform.units_administered())::text[]));
create policy by_administrators on platform.webhook_delivery to gridkeeper_app
    using (webhook_id in (select webhook.webhook_id from platform.webhook));
grant select, insert, update, delete on platform.webhook to gridkeeper_app;
grant select, update, delete on platform.webhook_delivery to gridkeeper_app;
