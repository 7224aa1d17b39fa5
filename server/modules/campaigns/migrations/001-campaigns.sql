-- Campaigns as their owners wrote them. Each saving is a version; the latest one stands.
create schema campaigns;
grant usage on schema campaigns to gridkeeper_app;

create table campaigns.campaign_version (
    branch_id   text        not null,
    campaign_id text        not null check (campaign_id ~ '^[a-z0-9-]{2,60}$'),
    version     integer     not null check (version > 0),
    body        jsonb       not null check (jsonb_typeof(body) = 'object'),
    yaml        text        not null,      -- as written, with its comments
    saved_at    timestamptz not null default platform.unit_now(),
    saved_by    text        not null,
    -- Two who save at once: the second loses here. Also serves: the latest version of each.
    primary key (branch_id, campaign_id, version)
);
create trigger append_only before update or delete on campaigns.campaign_version
    for each statement execute function platform.refuse_change();
alter table campaigns.campaign_version enable row level security, force row level security;
create policy in_scope on campaigns.campaign_version
    using (branch_id = any ((select people.branches_in_scope())::text[]));
grant select, insert on campaigns.campaign_version to gridkeeper_app;
