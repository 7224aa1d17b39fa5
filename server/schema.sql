table calendar.day  -- row level security, forced
    branch_id text not null
    day date not null
    kind text not null
    name_zh text
    name_en text
    edited_at timestamp with time zone not null
    edited_by text not null
    constraint day_check CHECK ((name_zh IS NULL) = (name_en IS NULL))
    constraint day_kind_check CHECK (kind = ANY (ARRAY['workday'::text, 'weekend'::text, 'holiday'::text, 'makeup'::text]))
    constraint day_pkey PRIMARY KEY (branch_id, day)
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    grant delete, insert, select, update to gridkeeper_app
table calendar.setting  -- row level security, forced
    branch_id text not null
    part text not null
    list jsonb not null
    edited_at timestamp with time zone not null
    edited_by text not null
    constraint setting_list_check CHECK (jsonb_typeof(list) = 'array'::text)
    constraint setting_part_check CHECK (part = ANY (ARRAY['seasons'::text, 'windows'::text, 'quiet-hours'::text]))
    constraint setting_pkey PRIMARY KEY (branch_id, part)
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    grant insert, select, update to gridkeeper_app
table campaigns.campaign_version  -- row level security, forced
    branch_id text not null
    campaign_id text not null
    version integer not null
    body jsonb not null
    yaml text not null
    saved_at timestamp with time zone not null default platform.unit_now()
    saved_by text not null
    constraint campaign_version_body_check CHECK (jsonb_typeof(body) = 'object'::text)
    constraint campaign_version_campaign_id_check CHECK (campaign_id ~ '^[a-z0-9-]{2,60}$'::text)
    constraint campaign_version_pkey PRIMARY KEY (branch_id, campaign_id, version)
    constraint campaign_version_version_check CHECK (version > 0)
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON campaigns.campaign_version FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table contacts.contact  -- row level security, forced
    branch_id text not null
    contact_id text not null
    subscriber_id text
    household_id text
    happened_at timestamp with time zone not null
    day date not null
    channel text not null
    direction text not null
    purpose text not null
    staff_id text
    result text not null
    reason text
    scope text
    offer text
    until date
    note text
    recorded_at timestamp with time zone not null default platform.unit_now()
    recorded_in xid8 not null default pg_current_xact_id()
    constraint contact_channel_check CHECK (channel = ANY (ARRAY['door'::text, 'hall'::text, 'call_in'::text, 'call_out'::text, 'sms'::text, 'wecom'::text, 'wechat'::text, 'installer'::text, 'online'::text]))
    constraint contact_check CHECK (subscriber_id IS NOT NULL OR household_id IS NOT NULL)
    constraint contact_check1 CHECK (result <> 'refused'::text OR scope IS NOT NULL)
    constraint contact_contact_id_check CHECK (contact_id <> ''::text)
    constraint contact_direction_check CHECK (direction = ANY (ARRAY['in'::text, 'out'::text]))
    constraint contact_pkey PRIMARY KEY (branch_id, contact_id)
    constraint contact_purpose_check CHECK (purpose = ANY (ARRAY['marketing'::text, 'renewal'::text, 'collection'::text, 'service'::text, 'survey'::text, 'retention'::text]))
    constraint contact_result_check CHECK (result = ANY (ARRAY['done'::text, 'promised'::text, 'refused'::text, 'not_reached'::text, 'moved'::text, 'competitor'::text, 'wrong_data'::text, 'no_answer'::text, 'delivered'::text]))
    constraint contact_scope_check CHECK (scope = ANY (ARRAY['offer'::text, 'channel'::text, 'all'::text]))
    INDEX contact_by_household ON contacts.contact USING btree (branch_id, household_id, happened_at DESC)
    INDEX contact_by_subscriber ON contacts.contact USING btree (branch_id, subscriber_id, happened_at DESC) WHERE (subscriber_id IS NOT NULL)
    INDEX contact_by_transaction ON contacts.contact USING btree (branch_id, recorded_in)
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON contacts.contact FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table contacts.policy_version  -- row level security, forced
    branch_id text not null
    version integer not null
    body jsonb not null
    saved_at timestamp with time zone not null default platform.unit_now()
    saved_by text not null
    constraint policy_version_body_check CHECK (jsonb_typeof(body) = 'object'::text)
    constraint policy_version_pkey PRIMARY KEY (branch_id, version)
    constraint policy_version_version_check CHECK (version > 0)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) OR (branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (branch_id IN ( SELECT above.unit_id
   FROM people.units_above() above(unit_id, valid_from, valid_to, parent_id, kind, name, division_code, head_staff_id, recorded_at, recorded_by))))) with check ((branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))
    TRIGGER append_only BEFORE DELETE OR UPDATE ON contacts.policy_version FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table contacts.published_part  -- row level security, forced
    branch_id text not null
    generation integer not null
    from_xid xid8 not null
    to_xid xid8 not null
    cluster_id text not null
    file text not null
    row_count integer not null
    written_at timestamp with time zone not null default platform.unit_now()
    constraint published_part_check CHECK (to_xid > from_xid)
    constraint published_part_generation_check CHECK (generation > 0)
    constraint published_part_pkey PRIMARY KEY (branch_id, generation, from_xid)
    constraint published_part_row_count_check CHECK (row_count >= 0)
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON contacts.published_part FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table insight.policy_version  -- row level security, forced
    branch_id text not null
    version integer not null
    dormant_days integer not null
    saved_at timestamp with time zone not null default platform.unit_now()
    saved_by text not null
    constraint policy_version_dormant_days_check CHECK (dormant_days >= 1 AND dormant_days <= 1000)
    constraint policy_version_pkey PRIMARY KEY (branch_id, version)
    constraint policy_version_version_check CHECK (version > 0)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) OR (branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (branch_id IN ( SELECT above.unit_id
   FROM people.units_above() above(unit_id, valid_from, valid_to, parent_id, kind, name, division_code, head_staff_id, recorded_at, recorded_by))))) with check ((branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))
    TRIGGER append_only BEFORE DELETE OR UPDATE ON insight.policy_version FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table people.account  -- row level security, forced
    staff_id text not null
    account text not null
    constraint account_account_check CHECK (account = lower(account) AND account <> ''::text)
    constraint account_account_key UNIQUE (account)
    constraint account_pkey PRIMARY KEY (staff_id)
    policy by_who_organises using ((( SELECT people.may_organise() AS may_organise) AND (staff_id IN ( SELECT staff.staff_id
   FROM people.staff)))) with check ()
    policy owner_resolves using (true) with check ()
    policy with_the_person using ((staff_id IN ( SELECT staff.staff_id
   FROM people.staff))) with check ()
    grant delete, insert, select, update to gridkeeper_app
table people.attempt  -- row level security, forced
    kind text not null
    key text not null
    failures integer not null
    last_at timestamp with time zone not null
    constraint attempt_failures_check CHECK (failures >= 0)
    constraint attempt_kind_check CHECK (kind = ANY (ARRAY['account'::text, 'address'::text]))
    constraint attempt_pkey PRIMARY KEY (kind, key)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    grant delete, insert, select, update to gridkeeper_app
CREATE OR REPLACE FUNCTION people.branches_in_scope()
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    today date := people.today();
begin
    if people.is_system() then
        return array(select distinct unit_id from people.unit where kind = 'branch' order by unit_id);
    end if;
    return array(
        select unit_id
          from people.unit
         where kind = 'branch' and valid_from = people.standing_from(unit_id, today)
           and unit_id = any (people.units_in_scope())
        union
        select above.unit_id
          from unnest(people.posts()) as post (unit_id), people.climb(post.unit_id) as above
         where above.kind = 'branch'
         order by unit_id);
end $function$
CREATE OR REPLACE FUNCTION people.climb(start text)
 RETURNS SETOF people.unit
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    today date := people.today();
begin
    return query
        with recursive above as (
            select unit.unit_id, unit.parent_id, unit.valid_from, 1 as step
              from people.unit
             where unit.unit_id = start and unit.valid_from = people.standing_from(start, today)
            union
            select parent.unit_id, parent.parent_id, parent.valid_from, above.step + 1
              from above join people.unit as parent on parent.unit_id = above.parent_id
             where parent.valid_from = people.standing_from(parent.unit_id, today)
               and above.step < 12  -- the tree has six levels; a circle ends here
        )
        select unit.*
          from above join people.unit using (unit_id, valid_from)
         order by above.step;
end $function$
CREATE OR REPLACE FUNCTION people.close_session()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    own uuid := nullif(current_setting('app.ticket', true), '')::uuid;
begin
    delete from people.session where session.ticket = own;
    delete from people.ticket where ticket.ticket = own and ticket.kind = 'person';
end $function$
CREATE OR REPLACE FUNCTION people.is_foreign_account(account text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return exists (
        select from people.account
         where account.account = is_foreign_account.account
           and people.is_foreign_staff(account.staff_id));
end $function$
CREATE OR REPLACE FUNCTION people.is_foreign_staff(staff_id text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return exists (
        select from people.staff
         where staff.staff_id = is_foreign_staff.staff_id
           and staff.valid_from = (
               select max(latest.valid_from) from people.staff as latest
                where latest.staff_id = is_foreign_staff.staff_id)
           and not staff.unit_id = any (people.units_in_scope()));
end $function$
CREATE OR REPLACE FUNCTION people.is_foreign_unit(unit_id text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return not is_foreign_unit.unit_id = any (people.units_in_scope())
       and exists (select from people.unit where unit.unit_id = is_foreign_unit.unit_id);
end $function$
CREATE OR REPLACE FUNCTION people.is_system()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return exists (
        select from people.ticket
         where ticket = nullif(current_setting('app.ticket', true), '')::uuid and kind = 'system');
end $function$
CREATE OR REPLACE FUNCTION people.may_audit(everywhere boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return people.is_system()
        or coalesce('auditor' = any (people.roles_held()), false)
           and (not may_audit.everywhere or exists (
               select from people.unit
                where unit.unit_id = any (people.posts()) and unit.parent_id is null
                  and unit.valid_from = people.standing_from(unit.unit_id, people.today())));
end $function$
CREATE OR REPLACE FUNCTION people.may_organise()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return people.is_system() or people.roles_held() && array['administrator', 'branch_manager'];
end $function$
table people.password  -- row level security, forced
    staff_id text not null
    hash text not null
    set_at timestamp with time zone not null
    set_by text not null
    constraint password_hash_check CHECK (hash ~~ '$argon2id$%'::text)
    constraint password_pkey PRIMARY KEY (staff_id)
    policy owner_resolves using (true) with check ()
CREATE OR REPLACE FUNCTION people.password_of(staff_id text)
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if people.is_system() or people.ticket_holder() = password_of.staff_id then
        return (select hash from people.password where password.staff_id = password_of.staff_id);
    end if;
    return null;
end $function$
CREATE OR REPLACE FUNCTION people.path_of(unit_id text)
 RETURNS SETOF people.unit
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if path_of.unit_id = any (people.units_in_scope()) then
        return query select above.* from people.climb(path_of.unit_id) as above;
    end if;
end $function$
table people.place  -- row level security, forced
    branch_id text not null
    division_code text not null
    valid_from date not null
    valid_to date
    name text not null
    kind text not null
    unit_id text not null
    recorded_at timestamp with time zone not null
    recorded_by text not null
    constraint place_check CHECK (valid_to >= valid_from)
    constraint place_division_code_check CHECK (division_code <> ''::text)
    constraint place_kind_check CHECK (kind = ANY (ARRAY['town'::text, 'village'::text, 'community'::text, 'compound'::text, 'building'::text]))
    constraint place_name_check CHECK (name <> ''::text)
    constraint place_pkey PRIMARY KEY (branch_id, division_code, valid_from)
    INDEX place_by_unit ON people.place USING btree (unit_id)
    policy add_in_scope using () with check ((( SELECT people.may_organise() AS may_organise) AND (branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[]))))
    policy change_in_scope using ((( SELECT people.may_organise() AS may_organise) AND (branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))) with check ()
    policy owner_resolves using (true) with check ()
    policy read_in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND ((kind = 'town'::text) OR (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[]))))) with check ()
    grant insert, select, update to gridkeeper_app
CREATE OR REPLACE FUNCTION people.posts()
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return array(
        select unit_id from people.staff
         where staff_id = people.ticket_holder()
           and valid_from <= people.today() and (valid_to is null or people.today() < valid_to)
         order by unit_id);
end $function$
CREATE OR REPLACE FUNCTION people.roles_held()
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return array(
        select distinct unnest(roles) from people.staff
         where staff_id = people.ticket_holder()
           and valid_from <= people.today() and (valid_to is null or people.today() < valid_to));
end $function$
table people.session  -- row level security, forced
    token_sha256 text not null
    staff_id text not null
    ticket uuid not null
    address text
    opened_at timestamp with time zone not null
    seen_at timestamp with time zone not null
    ends_at timestamp with time zone not null
    constraint session_pkey PRIMARY KEY (token_sha256)
    constraint session_ticket_key UNIQUE (ticket)
    constraint session_token_sha256_check CHECK (token_sha256 ~ '^[0-9a-f]{64}$'::text)
    INDEX session_by_staff ON people.session USING btree (staff_id)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy owner_resolves using (true) with check ()
    grant delete, insert, select, update to gridkeeper_app
CREATE OR REPLACE FUNCTION people.session_of(token_sha256 text)
 RETURNS TABLE(staff_id text, ticket uuid, seen_at timestamp with time zone, ends_at timestamp with time zone, roles text[])
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if people.is_system() then
        return query
            select session.staff_id, session.ticket, session.seen_at, session.ends_at, staff.roles
              from people.session
              join people.staff
                on staff.staff_id = session.staff_id and staff.valid_from <= people.today()
               and (staff.valid_to is null or people.today() < staff.valid_to)
             where session.token_sha256 = session_of.token_sha256;
    end if;
end $function$
CREATE OR REPLACE FUNCTION people.set_password(staff_id text, hash text, at timestamp with time zone, by text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    own uuid := nullif(current_setting('app.ticket', true), '')::uuid;
begin
    if not coalesce(  -- without a holder nothing is known, and nothing allowed
        people.is_system()
        or people.ticket_holder() = set_password.staff_id
        or ('administrator' = any (people.roles_held())
            and exists (select from people.staff where staff.staff_id = set_password.staff_id)
            and not people.is_foreign_staff(set_password.staff_id)),
        false
    ) then
        return false;
    end if;
    insert into people.password as held (staff_id, hash, set_at, set_by)
    values (set_password.staff_id, set_password.hash, set_password.at, set_password.by)
    on conflict on constraint password_pkey do update
        set hash = excluded.hash, set_at = excluded.set_at, set_by = excluded.set_by;
    delete from people.session
     where session.staff_id = set_password.staff_id and session.ticket is distinct from own;
    delete from people.ticket
     where ticket.staff_id = set_password.staff_id and ticket.ticket is distinct from own;
    return true;
end $function$
table people.staff  -- row level security, forced
    staff_id text not null
    valid_from date not null
    valid_to date
    unit_id text not null
    name text not null
    phone text
    roles text[] not null
    skills text[] not null
    capacity_door integer not null
    capacity_call integer not null
    capacity_hall integer not null
    capacity_install integer not null
    days text not null
    agency text
    recorded_at timestamp with time zone not null
    recorded_by text not null
    constraint staff_capacity_call_check CHECK (capacity_call >= 0)
    constraint staff_capacity_door_check CHECK (capacity_door >= 0)
    constraint staff_capacity_hall_check CHECK (capacity_hall >= 0)
    constraint staff_capacity_install_check CHECK (capacity_install >= 0)
    constraint staff_check CHECK (valid_to >= valid_from)
    constraint staff_days_check CHECK (days ~ '^1?2?3?4?5?6?7?$'::text)
    constraint staff_name_check CHECK (name <> ''::text)
    constraint staff_pkey PRIMARY KEY (staff_id, valid_from)
    constraint staff_roles_check CHECK (cardinality(roles) > 0)
    constraint staff_staff_id_check CHECK (staff_id <> ''::text)
    INDEX staff_by_unit ON people.staff USING btree (unit_id)
    policy add_in_scope using () with check ((( SELECT people.may_organise() AS may_organise) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) AND (NOT people.is_foreign_staff(staff_id))))
    policy change_in_scope using ((( SELECT people.may_organise() AS may_organise) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))) with check ()
    policy owner_resolves using (true) with check ()
    policy read_in_scope using ((unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[]))) with check ()
    grant insert, select, update to gridkeeper_app
CREATE OR REPLACE FUNCTION people.standing_from(unit_id text, day date)
 RETURNS date
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN COALESCE((SELECT max(unit.valid_from) AS max FROM people.unit WHERE ((unit.unit_id = standing_from.unit_id) AND (unit.valid_from <= standing_from.day) AND ((unit.valid_to IS NULL) OR (unit.valid_to > unit.valid_from)))), (SELECT min(unit.valid_from) AS min FROM people.unit WHERE ((unit.unit_id = standing_from.unit_id) AND ((unit.valid_to IS NULL) OR (unit.valid_to > unit.valid_from)))), (SELECT min(unit.valid_from) AS min FROM people.unit WHERE (unit.unit_id = standing_from.unit_id)))
table people.ticket  -- row level security, forced
    ticket uuid not null
    kind text not null
    staff_id text
    opened_at timestamp with time zone not null
    expires_at timestamp with time zone
    constraint ticket_check CHECK ((staff_id IS NOT NULL) = (kind = 'person'::text))
    constraint ticket_check1 CHECK (expires_at IS NOT NULL OR kind = 'system'::text)
    constraint ticket_kind_check CHECK (kind = ANY (ARRAY['person'::text, 'system'::text]))
    constraint ticket_pkey PRIMARY KEY (ticket)
    INDEX ticket_by_staff ON people.ticket USING btree (staff_id)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy owner_resolves using (true) with check ()
    grant delete, insert, select to gridkeeper_app
CREATE OR REPLACE FUNCTION people.ticket_holder()
 RETURNS text
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return (
        select staff_id from people.ticket
         where ticket = nullif(current_setting('app.ticket', true), '')::uuid
           and expires_at > nullif(current_setting('app.now', true), '')::timestamptz);
end $function$
CREATE OR REPLACE FUNCTION people.today()
 RETURNS date
 LANGUAGE sql
 STABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN (((NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AT TIME ZONE 'Asia/Shanghai'::text))::date
table people.unit  -- row level security, forced
    unit_id text not null
    valid_from date not null
    valid_to date
    parent_id text
    kind text not null
    name text not null
    division_code text
    head_staff_id text
    recorded_at timestamp with time zone not null
    recorded_by text not null
    constraint unit_check CHECK (valid_to >= valid_from)
    constraint unit_check1 CHECK (parent_id <> unit_id)
    constraint unit_kind_check CHECK (kind = ANY (ARRAY['province'::text, 'city'::text, 'branch'::text, 'zone'::text, 'hall'::text, 'grid'::text]))
    constraint unit_name_check CHECK (name <> ''::text)
    constraint unit_pkey PRIMARY KEY (unit_id, valid_from)
    constraint unit_unit_id_check CHECK (unit_id <> ''::text)
    INDEX unit_by_parent ON people.unit USING btree (parent_id)
    policy add_in_scope using () with check ((( SELECT people.is_system() AS is_system) OR (( SELECT people.may_organise() AS may_organise) AND ((unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR ((parent_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) AND (NOT people.is_foreign_unit(unit_id)))))))
    policy change_in_scope using ((( SELECT people.may_organise() AS may_organise) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))) with check ()
    policy owner_resolves using (true) with check ()
    policy read_in_scope using ((unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[]))) with check ()
    grant insert, select, update to gridkeeper_app
CREATE OR REPLACE FUNCTION people.units_above()
 RETURNS SETOF people.unit
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return query
        select distinct above.*
          from unnest(people.posts()) as post (unit_id), people.climb(post.unit_id) as above
         where not above.unit_id = any (people.units_in_scope());
end $function$
CREATE OR REPLACE FUNCTION people.units_in_scope()
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    today date := people.today();
begin
    if people.is_system() then
        return array(select distinct unit_id from people.unit order by unit_id);
    end if;
    return array(
        with recursive reach as (
            select unnest(people.posts()) as unit_id
            union  -- not union all: it ends even where the tree runs in a circle
            select child.unit_id
              from reach join people.unit as child on child.parent_id = reach.unit_id
             where child.valid_from = people.standing_from(child.unit_id, today)
        )
        select unit_id from reach order by unit_id);
end $function$
CREATE OR REPLACE FUNCTION platform.append_audit(events jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    holder  text := people.ticket_holder();
    trusted boolean := people.is_system();
    instant timestamptz := current_setting('app.now')::timestamptz;
    told    record;
    head    platform.audit_head;
    body    text;
begin
    for told in
        select coalesce(event->>'branch', '') as chain, event,
               case when trusted then coalesce(event->>'actor', 'system') else holder end as actor
          from jsonb_array_elements(events) with ordinality as given (event, place)
         order by 1, place  -- chains are locked in one order, so two units never wait for each other
    loop
        if told.actor is null
           or told.chain <> '' and not told.chain = any (people.branches_in_scope()) then
            raise exception 'an audit entry by nobody, or in a foreign branch'
                using errcode = 'insufficient_privilege';
        end if;
        insert into platform.audit_head as held (chain, seq, hash) values (told.chain, 0, '')
            on conflict on constraint audit_head_pkey do update set seq = held.seq
            returning * into head;
        body := jsonb_build_object(
            'chain', told.chain, 'seq', head.seq + 1, 'prev', head.hash,
            'at', to_char(instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'actor', told.actor, 'action', told.event->>'action', 'kind', told.event->>'kind',
            'id', told.event->>'id', 'values', coalesce(told.event->'values', '{}'::jsonb))::text;
        insert into platform.audit_entry
            (chain, seq, at, actor, action, about_kind, about_id, body, hash)
        values (told.chain, head.seq + 1, date_trunc('milliseconds', instant), told.actor,
            told.event->>'action', told.event->>'kind', told.event->>'id', body,
            encode(sha256(convert_to(body, 'UTF8')), 'hex'));
        update platform.audit_head
           set seq = head.seq + 1, hash = encode(sha256(convert_to(body, 'UTF8')), 'hex')
         where audit_head.chain = told.chain;
    end loop;
end
$function$
table platform.audit_entry  -- row level security, forced
    chain text not null
    seq bigint not null
    at timestamp with time zone not null
    actor text not null
    action text not null
    about_kind text
    about_id text
    body text not null
    hash text not null
    constraint audit_entry_pkey PRIMARY KEY (chain, seq)
    constraint audit_entry_seq_check CHECK (seq > 0)
    INDEX audit_by_about ON platform.audit_entry USING btree (chain, about_kind, about_id, seq)
    INDEX audit_by_action ON platform.audit_entry USING btree (chain, action, seq)
    INDEX audit_by_actor ON platform.audit_entry USING btree (chain, actor, seq)
    INDEX audit_by_time ON platform.audit_entry USING btree (chain, at)
    policy by_who_audits using ((((chain = ANY (( SELECT platform.branches_in_scope() AS branches_in_scope)::text[])) AND ( SELECT platform.may_audit(false) AS may_audit)) OR ((chain = ''::text) AND ( SELECT platform.may_audit(true) AS may_audit)))) with check ()
    policy owner_appends using (true) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON platform.audit_entry FOR EACH ROW EXECUTE FUNCTION platform.refuse_change()
    TRIGGER append_only_whole BEFORE TRUNCATE ON platform.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant select to gridkeeper_app
table platform.audit_head  -- row level security, forced
    chain text not null
    seq bigint not null
    hash text not null
    constraint audit_head_pkey PRIMARY KEY (chain)
    policy by_who_audits using ((((chain = ANY (( SELECT platform.branches_in_scope() AS branches_in_scope)::text[])) AND ( SELECT platform.may_audit(false) AS may_audit)) OR ((chain = ''::text) AND ( SELECT platform.may_audit(true) AS may_audit)))) with check ()
    policy owner_appends using (true) with check ()
    grant select to gridkeeper_app
table platform.audit_told  -- row level security, forced
    chain text not null
    sink text not null
    seq bigint not null
    constraint audit_told_pkey PRIMARY KEY (chain, sink)
    policy by_the_system using (( SELECT platform.is_system() AS is_system)) with check ()
    grant insert, select, update to gridkeeper_app
CREATE OR REPLACE FUNCTION platform.branches_in_scope()
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
    return people.branches_in_scope();
end
$function$
table platform.command  -- row level security, forced
    staff_id text not null
    operation text not null
    key text not null
    content_sha256 text not null
    answered boolean not null default false
    answer jsonb
    at timestamp with time zone not null
    constraint command_key_check CHECK (length(key) >= 1 AND length(key) <= 200)
    constraint command_pkey PRIMARY KEY (staff_id, operation, key)
    INDEX command_by_time ON platform.command USING btree (at)
    policy by_the_system using (( SELECT platform.is_system() AS is_system)) with check ()
    policy own using ((staff_id = ( SELECT platform.ticket_holder() AS ticket_holder))) with check ()
    grant delete, insert, select, update to gridkeeper_app
CREATE OR REPLACE FUNCTION platform.is_system()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
    return people.is_system();
end
$function$
table platform.job  -- row level security, forced
    branch_id text not null
    job_id uuid not null
    kind text not null
    input jsonb not null
    state text not null
    result jsonb
    refusal jsonb
    started_by text not null
    created_at timestamp with time zone not null
    finished_at timestamp with time zone
    constraint job_check CHECK ((finished_at IS NULL) = (state = ANY (ARRAY['queued'::text, 'running'::text])))
    constraint job_pkey PRIMARY KEY (branch_id, job_id)
    constraint job_state_check CHECK (state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'refused'::text, 'failed'::text, 'cancelled'::text]))
    INDEX job_unfinished ON platform.job USING btree (created_at) WHERE (finished_at IS NULL)
    policy in_scope using ((branch_id = ANY (( SELECT platform.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    grant insert, select, update to gridkeeper_app
CREATE OR REPLACE FUNCTION platform.may_audit(everywhere boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
    return people.may_audit(everywhere);
end
$function$
CREATE OR REPLACE FUNCTION platform.read_json(text)
 RETURNS jsonb
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return $1::jsonb;
exception when others then
    return null;
end
$function$
CREATE OR REPLACE FUNCTION platform.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
    raise exception '% is append-only', tg_table_schema || '.' || tg_table_name
        using errcode = 'restrict_violation';
end
$function$
CREATE OR REPLACE FUNCTION platform.ticket_holder()
 RETURNS text
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
    return people.ticket_holder();
end
$function$
CREATE OR REPLACE FUNCTION platform.unit_now()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
    select current_setting('app.now')::timestamptz
$function$
CREATE OR REPLACE FUNCTION subscribers.build_card_indexes()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    -- Lists of a branch by the end of the contract; who ends in these days?
    create index card_by_end on subscribers.card (branch_id, ends_on, subscriber_id);
    -- The same inside a hall or a grid; how many belong to it?
    create index card_by_unit on subscribers.card (branch_id, unit_id, ends_on, subscriber_id);
    -- Who lives here?
    create index card_by_household on subscribers.card (branch_id, household_id);
    -- Whose number ends in these digits?
    create index card_by_phone_tail on subscribers.card (branch_id, phone_reversed);
    -- Whose name begins with these sounds? Lists by name.
    create index card_by_name on subscribers.card (branch_id, sounds, subscriber_id);
    -- Lists by monthly fee, and by arrears.
    create index card_by_fee on subscribers.card (branch_id, fee_fen, subscriber_id);
    create index card_by_arrears on subscribers.card (branch_id, owed_fen, subscriber_id);
    -- Who lives at these places?
    create index card_by_place on subscribers.card (branch_id, place_code);
end $function$
table subscribers.card  -- row level security, forced
    branch_id text not null
    subscriber_id text not null
    household_id text not null
    unit_id text not null
    place_code text
    grid_code text
    name text
    phone text
    address text
    status text not null
    product text
    plan text
    monthly_fee_fen bigint
    contract_end date
    arrears_fen bigint
    tenure_months integer
    name_initials text
    phone_reversed text
    ends_on date not null default COALESCE(contract_end, '9999-12-31'::date)
    sounds text not null default COALESCE(name_initials, ''::text)
    fee_fen bigint not null default COALESCE(monthly_fee_fen, (0)::bigint)
    owed_fen bigint not null default COALESCE(arrears_fen, (0)::bigint)
    constraint card_pkey PRIMARY KEY (branch_id, subscriber_id)
    INDEX card_by_arrears ON subscribers.card USING btree (branch_id, owed_fen, subscriber_id)
    INDEX card_by_end ON subscribers.card USING btree (branch_id, ends_on, subscriber_id)
    INDEX card_by_fee ON subscribers.card USING btree (branch_id, fee_fen, subscriber_id)
    INDEX card_by_household ON subscribers.card USING btree (branch_id, household_id)
    INDEX card_by_name ON subscribers.card USING btree (branch_id, sounds, subscriber_id)
    INDEX card_by_phone_tail ON subscribers.card USING btree (branch_id, phone_reversed)
    INDEX card_by_place ON subscribers.card USING btree (branch_id, place_code)
    INDEX card_by_unit ON subscribers.card USING btree (branch_id, unit_id, ends_on, subscriber_id)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))) with check ()
    grant delete, insert, select, update to gridkeeper_app
table subscribers.difference  -- row level security, forced
    branch_id text not null
    import_id uuid not null
    before_snapshot text
    before_date date
    after_snapshot text not null
    appeared bigint not null
    gone bigint not null
    changed bigint not null
    moved_cards boolean not null
    constraint difference_pkey PRIMARY KEY (branch_id, import_id)
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    grant insert, select to gridkeeper_app
table subscribers.difference_column  -- row level security, forced
    branch_id text not null
    import_id uuid not null
    column_id text not null
    changed_count bigint not null
    constraint difference_column_changed_count_check CHECK (changed_count > 0)
    constraint difference_column_pkey PRIMARY KEY (branch_id, import_id, column_id)
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    grant insert, select to gridkeeper_app
CREATE OR REPLACE FUNCTION subscribers.drop_card_indexes()
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if exists (select from subscribers.card) then
        return false;
    end if;
    lock table subscribers.card in access exclusive mode;
    if exists (select from subscribers.card) then
        return false;
    end if;
    drop index subscribers.card_by_end, subscribers.card_by_unit, subscribers.card_by_household,
        subscribers.card_by_phone_tail, subscribers.card_by_name, subscribers.card_by_fee,
        subscribers.card_by_arrears, subscribers.card_by_place;
    return true;
end $function$
table subscribers.ending  -- row level security, forced
    branch_id text not null
    unit_id text not null
    ends_on date not null
    card_count bigint not null
    monthly_fee_fen bigint not null
    constraint ending_card_count_check CHECK (card_count > 0)
    constraint ending_pkey PRIMARY KEY (branch_id, unit_id, ends_on)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))) with check ()
    grant delete, insert, select to gridkeeper_app
table subscribers.import  -- row level security, forced
    branch_id text not null
    import_id uuid not null
    content_id text not null
    kind text not null
    date date not null
    file text not null
    bytes bigint not null
    source_sha256 text not null
    profile text
    forced text
    row_count bigint not null
    accepted_count bigint not null
    rejected_count bigint not null
    duplicate_count bigint not null
    changed boolean not null
    warnings jsonb not null
    reject_reasons jsonb not null
    columns jsonb not null
    not_delivered jsonb not null
    rejects_file text
    duplicates_file text
    imported_at timestamp with time zone not null
    imported_by text not null
    turn bigint not null
    state text not null
    replaces uuid
    withdrawn_reason text
    withdrawn_at timestamp with time zone
    withdrawn_by text
    constraint import_accepted_count_check CHECK (accepted_count >= 0)
    constraint import_check CHECK (row_count = (accepted_count + rejected_count + duplicate_count))
    constraint import_check1 CHECK ((withdrawn_reason IS NOT NULL) = (state = 'withdrawn'::text))
    constraint import_duplicate_count_check CHECK (duplicate_count >= 0)
    constraint import_pkey PRIMARY KEY (branch_id, import_id)
    constraint import_rejected_count_check CHECK (rejected_count >= 0)
    constraint import_state_check CHECK (state = ANY (ARRAY['current'::text, 'replaced'::text, 'withdrawn'::text]))
    INDEX import_history ON subscribers.import USING btree (branch_id, turn DESC)
    UNIQUE INDEX import_of_day ON subscribers.import USING btree (branch_id, date) WHERE ((state = 'current'::text) AND (kind = 'subscribers'::text))
    UNIQUE INDEX import_once ON subscribers.import USING btree (branch_id, kind, content_id) WHERE (state = 'current'::text)
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    grant insert, select to gridkeeper_app
CREATE OR REPLACE FUNCTION subscribers.learn_cards()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    analyze subscribers.card;
end $function$
table subscribers.profile  -- row level security, forced
    branch_id text not null
    name text not null
    version integer not null
    kind text not null
    yaml text not null
    saved_at timestamp with time zone not null
    saved_by text not null
    constraint profile_name_check CHECK (name ~ '^[a-z0-9-]{2,60}$'::text)
    constraint profile_pkey PRIMARY KEY (branch_id, name, version)
    constraint profile_version_check CHECK (version > 0)
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON subscribers.profile FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table subscribers.snapshot  -- row level security, forced
    branch_id text not null
    snapshot_id text not null
    import_id uuid not null
    date date not null
    file text not null
    row_count bigint not null
    recorded_at timestamp with time zone not null
    constraint snapshot_pkey PRIMARY KEY (branch_id, import_id, snapshot_id)
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    grant insert, select to gridkeeper_app
table subscribers.standing  -- row level security, forced
    branch_id text not null
    snapshot_id text not null
    import_id uuid not null
    date date not null
    constraint standing_pkey PRIMARY KEY (branch_id)
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    grant delete, insert, select, update to gridkeeper_app
table territory.resource_snapshot  -- row level security, forced
    branch_id text not null
    as_of date not null
    recorded_at timestamp with time zone not null default platform.unit_now()
    content_id text not null
    row_count integer not null
    recorded_by text not null
    constraint resource_snapshot_pkey PRIMARY KEY (branch_id, as_of, recorded_at)
    constraint resource_snapshot_row_count_check CHECK (row_count >= 0)
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON territory.resource_snapshot FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table worklists.load  -- row level security, forced
    branch_id text not null
    plan_id text not null
    staff_id text not null
    touchpoint text not null
    unit_id text not null
    capacity integer not null
    load integer not null
    peers_mean numeric
    forced_by text
    constraint load_capacity_check CHECK (capacity > 0)
    constraint load_check CHECK (load >= 0 AND load <= capacity)
    constraint load_check1 CHECK ((peers_mean IS NULL) = (forced_by IS NULL))
    constraint load_forced_by_check CHECK (forced_by = ANY (ARRAY['ownership'::text, 'whole-tasks'::text]))
    constraint load_pkey PRIMARY KEY (branch_id, plan_id, staff_id, touchpoint)
    constraint load_touchpoint_check CHECK (touchpoint = ANY (ARRAY['door'::text, 'installer'::text, 'hall'::text, 'call_out'::text]))
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON worklists.load FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table worklists.plan  -- row level security, forced
    branch_id text not null
    plan_id text not null
    day date not null
    snapshot_id text not null
    snapshot_date date not null
    state text not null
    made_at timestamp with time zone not null
    made_by text not null
    published_at timestamp with time zone
    published_by text
    details jsonb not null
    constraint plan_check CHECK ((published_at IS NOT NULL) = (state = ANY (ARRAY['published'::text, 'superseded'::text])))
    constraint plan_check1 CHECK ((published_by IS NOT NULL) = (published_at IS NOT NULL))
    constraint plan_details_check CHECK (jsonb_typeof(details) = 'object'::text)
    constraint plan_pkey PRIMARY KEY (branch_id, plan_id)
    constraint plan_plan_id_check CHECK (plan_id ~ '^[a-z0-9-]{8,80}$'::text)
    constraint plan_state_check CHECK (state = ANY (ARRAY['draft'::text, 'publishing'::text, 'published'::text, 'superseded'::text]))
    INDEX plan_by_day ON worklists.plan USING btree (branch_id, day DESC, plan_id)
    UNIQUE INDEX one_published ON worklists.plan USING btree (branch_id, day) WHERE (state = 'published'::text)
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    grant insert, select, update to gridkeeper_app
table worklists.rules  -- row level security, forced
    branch_id text not null
    version integer not null
    may_overflow boolean not null
    recorded_at timestamp with time zone not null
    recorded_by text not null
    constraint rules_pkey PRIMARY KEY (branch_id, version)
    constraint rules_version_check CHECK (version > 0)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) OR (branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (branch_id IN ( SELECT above.unit_id
   FROM people.units_above() above(unit_id, valid_from, valid_to, parent_id, kind, name, division_code, head_staff_id, recorded_at, recorded_by))))) with check ((branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))
    TRIGGER append_only BEFORE DELETE OR UPDATE ON worklists.rules FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table worklists.tally  -- row level security, forced
    branch_id text not null
    plan_id text not null
    unit_id text not null
    campaign text not null
    outcome text not null
    reason text not null
    count integer not null
    constraint tally_count_check CHECK (count > 0)
    constraint tally_outcome_check CHECK (outcome = ANY (ARRAY['base'::text, 'assigned'::text, 'unassigned'::text, 'suppressed'::text, 'held-out'::text, 'outranked'::text]))
    constraint tally_pkey PRIMARY KEY (branch_id, plan_id, unit_id, campaign, outcome, reason)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON worklists.tally FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table worklists.task  -- row level security, forced
    branch_id text not null
    task_id text not null
    plan_id text not null
    day date not null
    subscriber_id text not null
    household_id text not null
    unit_id text not null
    assignee_id text not null
    assignee_unit_id text not null
    campaign text not null
    touchpoint text not null
    visit_order integer not null
    window_start timestamp with time zone not null
    window_end timestamp with time zone not null
    due_on date not null
    offer text not null
    priority numeric not null
    value_fen bigint not null
    name text
    phone text
    address text
    town_name text
    place_name text
    reasons jsonb not null
    state text not null
    constraint task_check CHECK (window_end > window_start)
    constraint task_pkey PRIMARY KEY (branch_id, task_id)
    constraint task_reasons_check CHECK (jsonb_typeof(reasons) = 'array'::text)
    constraint task_state_check CHECK (state = ANY (ARRAY['open'::text, 'withdrawn'::text]))
    constraint task_touchpoint_check CHECK (touchpoint = ANY (ARRAY['door'::text, 'installer'::text, 'hall'::text, 'call_out'::text]))
    constraint task_visit_order_check CHECK (visit_order > 0)
    INDEX task_by_subscriber ON worklists.task USING btree (branch_id, subscriber_id, day)
    UNIQUE INDEX one_a_touchpoint ON worklists.task USING btree (branch_id, plan_id, household_id, touchpoint)
    UNIQUE INDEX task_by_assignee ON worklists.task USING btree (branch_id, plan_id, assignee_id, visit_order)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND ((unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (assignee_unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[]))))) with check ()
    grant insert, select, update to gridkeeper_app
