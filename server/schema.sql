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
table contacts.consent  -- row level security, forced
    branch_id text not null
    consent_id uuid not null
    subscriber_id text not null
    subject text not null
    channel text
    answer text not null
    told_at timestamp with time zone not null
    via text not null
    proof_kind text
    proof_ref text
    note text
    recorded_at timestamp with time zone not null default platform.unit_now()
    recorded_by text not null
    constraint consent_answer_check CHECK (answer = ANY (ARRAY['yes'::text, 'no'::text]))
    constraint consent_channel_check CHECK (channel = ANY (ARRAY['sms'::text, 'call'::text]))
    constraint consent_check CHECK (channel IS NULL OR subject = 'marketing'::text)
    constraint consent_check1 CHECK ((proof_kind IS NULL) = (proof_ref IS NULL))
    constraint consent_check2 CHECK (answer = 'no'::text OR subject = 'port-out'::text OR proof_ref IS NOT NULL)
    constraint consent_pkey PRIMARY KEY (branch_id, consent_id)
    constraint consent_proof_kind_check CHECK (proof_kind = ANY (ARRAY['recording'::text, 'signature'::text, 'message'::text, 'form'::text, 'system'::text]))
    constraint consent_proof_ref_check CHECK (proof_ref <> ''::text)
    constraint consent_subject_check CHECK (subject = ANY (ARRAY['marketing'::text, 'personalisation'::text, 'port-out'::text]))
    constraint consent_subscriber_id_check CHECK (subscriber_id <> ''::text)
    constraint consent_via_check CHECK (via = ANY (ARRAY['door'::text, 'hall'::text, 'call_in'::text, 'call_out'::text, 'sms'::text, 'wecom'::text, 'wechat'::text, 'installer'::text, 'online'::text]))
    INDEX consent_by_subscriber ON contacts.consent USING btree (branch_id, subscriber_id, told_at DESC, consent_id)
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON contacts.consent FOR EACH ROW EXECUTE FUNCTION contacts.keep_told()
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
    next_on date
    proof_kind text
    proof_ref text
    against jsonb
    constraint contact_against_check CHECK (jsonb_typeof(against) = 'array'::text)
    constraint contact_channel_check CHECK (channel = ANY (ARRAY['door'::text, 'hall'::text, 'call_in'::text, 'call_out'::text, 'sms'::text, 'wecom'::text, 'wechat'::text, 'installer'::text, 'online'::text]))
    constraint contact_check CHECK (subscriber_id IS NOT NULL OR household_id IS NOT NULL)
    constraint contact_check1 CHECK (result <> 'refused'::text OR scope IS NOT NULL)
    constraint contact_contact_id_check CHECK (contact_id <> ''::text)
    constraint contact_direction_check CHECK (direction = ANY (ARRAY['in'::text, 'out'::text]))
    constraint contact_next CHECK (next_on > day)
    constraint contact_pkey PRIMARY KEY (branch_id, contact_id)
    constraint contact_proof CHECK ((proof_kind IS NULL) = (proof_ref IS NULL))
    constraint contact_proof_kind_check CHECK (proof_kind = ANY (ARRAY['recording'::text, 'signature'::text, 'message'::text, 'form'::text, 'system'::text]))
    constraint contact_proof_ref_check CHECK (proof_ref <> ''::text)
    constraint contact_purpose_check CHECK (purpose = ANY (ARRAY['marketing'::text, 'renewal'::text, 'collection'::text, 'service'::text, 'survey'::text, 'retention'::text]))
    constraint contact_result_check CHECK (result = ANY (ARRAY['done'::text, 'promised'::text, 'refused'::text, 'not_reached'::text, 'moved'::text, 'competitor'::text, 'wrong_data'::text, 'no_answer'::text, 'delivered'::text]))
    constraint contact_scope_check CHECK (scope = ANY (ARRAY['offer'::text, 'channel'::text, 'all'::text]))
    INDEX contact_by_household ON contacts.contact USING btree (branch_id, household_id, happened_at DESC)
    INDEX contact_by_subscriber ON contacts.contact USING btree (branch_id, subscriber_id, happened_at DESC) WHERE (subscriber_id IS NOT NULL)
    INDEX contact_by_transaction ON contacts.contact USING btree (branch_id, recorded_in)
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON contacts.contact FOR EACH ROW EXECUTE FUNCTION contacts.keep_told()
    grant insert, select to gridkeeper_app
table contacts.hold  -- row level security, forced
    branch_id text not null
    household_id text not null
    subscriber_id text not null
    staff_id text not null
    unit_id text not null
    touchpoint text not null
    held_at timestamp with time zone not null default platform.unit_now()
    until timestamp with time zone not null
    constraint hold_check CHECK (until > held_at)
    constraint hold_household_id_check CHECK (household_id <> ''::text)
    constraint hold_pkey PRIMARY KEY (branch_id, household_id)
    constraint hold_subscriber_id_check CHECK (subscriber_id <> ''::text)
    constraint hold_touchpoint_check CHECK (touchpoint = ANY (ARRAY['door'::text, 'call_out'::text, 'hall'::text, 'installer'::text, 'sms'::text, 'online'::text]))
    INDEX hold_by_end ON contacts.hold USING btree (branch_id, until)
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    grant delete, insert, select, update to gridkeeper_app
CREATE OR REPLACE FUNCTION contacts.keep_told()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    erasable text[] := case tg_table_name
        when 'contact' then array['household_id', 'reason', 'note', 'proof_ref']
        else array['proof_ref', 'note'] end;
    told jsonb := to_jsonb(new);
begin
    if tg_op = 'UPDATE' and people.is_system() and told - erasable = to_jsonb(old) - erasable
        and told ->> 'note' is null and told ->> 'reason' is null
        and coalesce(told ->> 'proof_ref', '-') = '-'
        and coalesce(told ->> 'household_id', 's-') like 's-%' then
        return new;
    end if;
    raise exception '% is append-only', tg_table_schema || '.' || tg_table_name
        using errcode = 'restrict_violation';
end
$function$
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
table events.event  -- row level security, forced
    branch_id text not null
    event_id uuid not null
    unit_id text not null
    kind text not null
    place_name text not null
    on_day date not null
    starts text not null
    ends text not null
    staff_ids text[] not null
    campaign_id text
    planned_at timestamp with time zone not null
    planned_by text not null
    held_at timestamp with time zone
    reported_at timestamp with time zone
    called_off_at timestamp with time zone
    called_off_by text
    called_off_note text
    state text not null default 
CASE
    WHEN (called_off_at IS NOT NULL) THEN 'called-off'::text
    WHEN (reported_at IS NOT NULL) THEN 'reported'::text
    WHEN (held_at IS NOT NULL) THEN 'held'::text
    ELSE 'planned'::text
END
    constraint event_check CHECK (ends ~ '^\d\d:\d\d$'::text AND ends > starts)
    constraint event_check1 CHECK ((called_off_by IS NULL) = (called_off_at IS NULL))
    constraint event_check2 CHECK ((called_off_note IS NULL) = (called_off_at IS NULL))
    constraint event_check3 CHECK (called_off_at IS NULL OR held_at IS NULL AND reported_at IS NULL)
    constraint event_kind_check CHECK (kind = ANY (ARRAY['village'::text, 'enterprise'::text, 'community'::text, 'market'::text, 'hall'::text]))
    constraint event_pkey PRIMARY KEY (branch_id, event_id)
    constraint event_place_name_check CHECK (place_name <> ''::text)
    constraint event_staff_ids_check CHECK (cardinality(staff_ids) > 0)
    constraint event_starts_check CHECK (starts ~ '^\d\d:\d\d$'::text)
    INDEX event_by_day ON events.event USING btree (branch_id, on_day, event_id)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))) with check ()
    policy own using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (( SELECT people.ticket_holder() AS ticket_holder) = ANY (staff_ids)))) with check ()
    grant insert, select to gridkeeper_app
table events.photo  -- row level security, forced
    branch_id text not null
    event_id uuid not null
    evidence_id uuid not null
    step integer not null
    sha256 text not null
    used_before boolean not null
    constraint photo_pkey PRIMARY KEY (branch_id, event_id, evidence_id)
    constraint photo_sha256_check CHECK (sha256 ~ '^[0-9a-f]{64}$'::text)
    INDEX photo_by_digest ON events.photo USING btree (branch_id, sha256)
    policy with_event using ((EXISTS ( SELECT
   FROM events.event
  WHERE ((event.branch_id = photo.branch_id) AND (event.event_id = photo.event_id))))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON events.photo FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table events.proof  -- row level security, forced
    branch_id text not null
    event_id uuid not null
    step integer not null
    latitude double precision
    longitude double precision
    accuracy_m double precision
    position_at timestamp with time zone
    is_unusable boolean not null
    recorded_at timestamp with time zone not null
    recorded_by text not null
    told_at timestamp with time zone
    constraint proof_accuracy_m_check CHECK (accuracy_m >= 0::double precision)
    constraint proof_check CHECK (num_nonnulls(latitude, longitude, accuracy_m, position_at) = ANY (ARRAY[0, 4]))
    constraint proof_check1 CHECK (NOT is_unusable OR latitude IS NULL)
    constraint proof_latitude_check CHECK (latitude >= '-90'::integer::double precision AND latitude <= 90::double precision)
    constraint proof_longitude_check CHECK (longitude >= '-180'::integer::double precision AND longitude <= 180::double precision)
    constraint proof_pkey PRIMARY KEY (branch_id, event_id, step)
    constraint proof_step_check CHECK (step > 0)
    policy with_event using ((EXISTS ( SELECT
   FROM events.event
  WHERE ((event.branch_id = proof.branch_id) AND (event.event_id = proof.event_id))))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON events.proof FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table events.report  -- row level security, forced
    branch_id text not null
    event_id uuid not null
    version integer not null
    met integer not null
    leads integer not null
    orders jsonb not null
    note text
    recorded_at timestamp with time zone not null
    recorded_by text not null
    told_at timestamp with time zone
    is_beside boolean not null default false
    constraint report_check CHECK (leads >= 0 AND leads <= met)
    constraint report_met_check CHECK (met >= 0)
    constraint report_orders_check CHECK (jsonb_typeof(orders) = 'array'::text)
    constraint report_pkey PRIMARY KEY (branch_id, event_id, version)
    constraint report_version_check CHECK (version > 0)
    policy with_event using ((EXISTS ( SELECT
   FROM events.event
  WHERE ((event.branch_id = report.branch_id) AND (event.event_id = report.event_id))))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON events.report FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table events.rules  -- row level security, forced
    branch_id text not null
    version integer not null
    per_week integer not null
    from_month integer not null
    from_date integer not null
    days_before_festival integer not null
    saved_at timestamp with time zone not null
    saved_by text not null
    constraint rules_days_before_festival_check CHECK (days_before_festival >= 1 AND days_before_festival <= 60)
    constraint rules_from_date_check CHECK (from_date >= 1 AND from_date <= 31)
    constraint rules_from_month_check CHECK (from_month >= 1 AND from_month <= 12)
    constraint rules_per_week_check CHECK (per_week >= 1 AND per_week <= 14)
    constraint rules_pkey PRIMARY KEY (branch_id, version)
    constraint rules_version_check CHECK (version > 0)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) OR (branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (branch_id IN ( SELECT above.unit_id
   FROM people.units_above() above(unit_id, valid_from, valid_to, parent_id, kind, name, division_code, head_staff_id, recorded_at, recorded_by))))) with check ((branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))
    TRIGGER append_only BEFORE DELETE OR UPDATE ON events.rules FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table field.delivery  -- row level security, forced
    branch_id text not null
    staff_id text not null
    item_id uuid not null
    device_id uuid not null
    seq bigint not null
    sha256 text not null
    delivered_at timestamp with time zone not null
    told_at timestamp with time zone
    skew_ms bigint not null
    outcome text not null
    answer jsonb
    constraint delivery_answer_check CHECK (answer IS NULL OR jsonb_typeof(answer) = 'object'::text)
    constraint delivery_outcome_check CHECK (outcome = ANY (ARRAY['recorded'::text, 'kept'::text, 'refused'::text]))
    constraint delivery_pkey PRIMARY KEY (branch_id, staff_id, item_id)
    constraint delivery_seq_check CHECK (seq >= 0)
    constraint delivery_sha256_check CHECK (sha256 ~ '^[0-9a-f]{64}$'::text)
    INDEX delivery_by_age ON field.delivery USING btree (delivered_at)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy own_refused using ((staff_id = ( SELECT people.ticket_holder() AS ticket_holder))) with check ((staff_id = ( SELECT people.ticket_holder() AS ticket_holder)))
    policy own_to_add using () with check (((staff_id = ( SELECT people.ticket_holder() AS ticket_holder)) AND (branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))))
    policy own_to_read using ((staff_id = ( SELECT people.ticket_holder() AS ticket_holder))) with check ()
    TRIGGER keep_answer BEFORE UPDATE ON field.delivery FOR EACH ROW EXECUTE FUNCTION field.keep_delivery()
    grant delete, insert, select, update to gridkeeper_app
table field.device  -- row level security, forced
    branch_id text not null
    device_id uuid not null
    staff_id text not null
    unit_id text not null
    name text not null
    registered_at timestamp with time zone not null
    seen_at timestamp with time zone not null
    half text not null
    half_expires_at timestamp with time zone not null
    wiped_at timestamp with time zone
    wiped_by text
    wipe_told_at timestamp with time zone
    constraint device_check CHECK ((wiped_by IS NOT NULL) = (wiped_at IS NOT NULL))
    constraint device_check1 CHECK (wipe_told_at IS NULL OR wiped_at IS NOT NULL)
    constraint device_name_check CHECK (name <> ''::text)
    constraint device_pkey PRIMARY KEY (branch_id, device_id, staff_id)
    INDEX device_by_staff ON field.device USING btree (branch_id, staff_id, registered_at)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (EXISTS ( SELECT
   FROM people.staff posted
  WHERE ((posted.staff_id = device.staff_id) AND (posted.unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) AND (posted.valid_from <= ( SELECT people.today() AS today)) AND ((posted.valid_to IS NULL) OR (( SELECT people.today() AS today) < posted.valid_to))))))) with check ()
    policy in_scope_to_wipe using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (EXISTS ( SELECT
   FROM people.staff posted
  WHERE ((posted.staff_id = device.staff_id) AND (posted.unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) AND (posted.valid_from <= ( SELECT people.today() AS today)) AND ((posted.valid_to IS NULL) OR (( SELECT people.today() AS today) < posted.valid_to))))))) with check ()
    policy only_the_system_deletes using (( SELECT people.is_system() AS is_system)) with check ()
    policy own using ((staff_id = ( SELECT people.ticket_holder() AS ticket_holder))) with check (((staff_id = ( SELECT people.ticket_holder() AS ticket_holder)) AND (branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))))
    TRIGGER only_wiped_by_others BEFORE UPDATE ON field.device FOR EACH ROW EXECUTE FUNCTION field.keep_device()
    grant delete, insert, select to gridkeeper_app
table field.evidence  -- row level security, forced
    branch_id text not null
    evidence_id uuid not null
    staff_id text not null
    unit_id text not null
    sent_at timestamp with time zone not null
    bytes integer not null
    type text not null
    sha256 text not null
    gone_at timestamp with time zone
    gone_as text
    constraint evidence_bytes_check CHECK (bytes > 0)
    constraint evidence_check CHECK ((gone_at IS NULL) = (gone_as IS NULL))
    constraint evidence_gone_as_check CHECK (gone_as = ANY (ARRAY['erased'::text, 'forgotten'::text]))
    constraint evidence_pkey PRIMARY KEY (branch_id, evidence_id)
    constraint evidence_sha256_check CHECK (sha256 ~ '^[0-9a-f]{64}$'::text)
    constraint evidence_type_check CHECK (type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text]))
    INDEX evidence_by_age ON field.evidence USING btree (sent_at) WHERE (gone_at IS NULL)
    INDEX evidence_by_digest ON field.evidence USING btree (branch_id, sha256)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))) with check ()
    policy own using ((staff_id = ( SELECT people.ticket_holder() AS ticket_holder))) with check (((staff_id = ( SELECT people.ticket_holder() AS ticket_holder)) AND (branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))))
    TRIGGER append_only BEFORE DELETE OR UPDATE ON field.evidence FOR EACH ROW EXECUTE FUNCTION field.keep_evidence()
    grant insert, select to gridkeeper_app
CREATE OR REPLACE FUNCTION field.keep_delivery()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if old.outcome <> 'refused' and (old.answer is not null
            or (new.branch_id, new.staff_id, new.item_id, new.sha256)
                is distinct from (old.branch_id, old.staff_id, old.item_id, old.sha256)) then
        raise exception 'field.delivery keeps what was answered' using errcode = 'restrict_violation';
    end if;
    return new;
end
$function$
CREATE OR REPLACE FUNCTION field.keep_device()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if people.is_system() or old.staff_id = people.ticket_holder()
        or to_jsonb(new) - array['wiped_at', 'wiped_by', 'wipe_told_at']
            = to_jsonb(old) - array['wiped_at', 'wiped_by', 'wipe_told_at'] then
        return new;
    end if;
    raise exception 'a phone of somebody else is wiped, and not changed' using errcode = 'restrict_violation';
end
$function$
CREATE OR REPLACE FUNCTION field.keep_evidence()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if tg_op = 'UPDATE' and people.is_system() and old.gone_at is null and new.gone_at is not null
        and to_jsonb(new) - array['gone_at', 'gone_as'] = to_jsonb(old) - array['gone_at', 'gone_as'] then
        return new;
    end if;
    raise exception 'field.evidence is append-only' using errcode = 'restrict_violation';
end
$function$
CREATE OR REPLACE FUNCTION field.keep_review()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if tg_op = 'UPDATE' and people.is_system() and new.note is null
        and to_jsonb(new) - 'note' = to_jsonb(old) - 'note' then
        return new;
    end if;
    raise exception 'field.visit_review is append-only' using errcode = 'restrict_violation';
end
$function$
table field.visit_review  -- row level security, forced
    branch_id text not null
    review_id uuid not null
    result_id uuid not null
    subscriber_id text not null
    staff_id text not null
    unit_id text not null
    assignee_unit_id text not null
    verdict text not null
    note text
    reviewed_at timestamp with time zone not null default platform.unit_now()
    reviewed_by text not null
    constraint visit_review_check CHECK (reviewed_by <> staff_id)
    constraint visit_review_note_check CHECK (char_length(note) >= 1 AND char_length(note) <= 500)
    constraint visit_review_pkey PRIMARY KEY (branch_id, review_id)
    constraint visit_review_verdict_check CHECK (verdict = ANY (ARRAY['fine'::text, 'talked'::text, 'false'::text]))
    INDEX visit_review_by_result ON field.visit_review USING btree (branch_id, result_id, reviewed_at DESC)
    INDEX visit_review_by_subscriber ON field.visit_review USING btree (branch_id, subscriber_id) WHERE (note IS NOT NULL)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND ((unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (assignee_unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[]))))) with check ()
    policy own using ((staff_id = ( SELECT people.ticket_holder() AS ticket_holder))) with check ()
    policy said_by_oneself using () with check (((reviewed_by = ( SELECT people.ticket_holder() AS ticket_holder)) AND (branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND ((unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (assignee_unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))))
    TRIGGER append_only BEFORE DELETE OR UPDATE ON field.visit_review FOR EACH ROW EXECUTE FUNCTION field.keep_review()
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
    policy add_managed using () with check ((( SELECT people.is_system() AS is_system) OR people.is_managed(staff_id, ARRAY['administrator'::text, 'branch_manager'::text])))
    policy change_managed using ((( SELECT people.is_system() AS is_system) OR people.is_managed(staff_id, ARRAY['administrator'::text, 'branch_manager'::text]))) with check ()
    policy owner_resolves using (true) with check ()
    policy remove_managed using ((( SELECT people.is_system() AS is_system) OR people.is_managed(staff_id, ARRAY['administrator'::text, 'branch_manager'::text]))) with check ()
    policy with_the_person using ((staff_id IN ( SELECT staff.staff_id
   FROM people.staff))) with check ()
    grant delete, insert, select, update to gridkeeper_app
CREATE OR REPLACE FUNCTION people.acting()
 RETURNS text
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return coalesce(people.ticket_holder(), people.token_holding());
end $function$
table people.attempt  -- row level security, forced
    kind text not null
    key text not null
    failures integer not null
    last_at timestamp with time zone not null
    constraint attempt_failures_check CHECK (failures >= 0)
    constraint attempt_kind_check CHECK (kind = ANY (ARRAY['account'::text, 'address'::text, 'factor'::text]))
    constraint attempt_pkey PRIMARY KEY (kind, key)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy owner_resolves using (true) with check ()
    grant delete, insert, select, update to gridkeeper_app
CREATE OR REPLACE FUNCTION people.audits_the_rest()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return people.is_system() or exists (
        select from people.posts_of(people.ticket_holder()) as post
          join people.unit on unit.unit_id = post.unit_id and unit.parent_id is null
         where 'auditor' = any (post.roles)
           and unit.valid_from = people.standing_from(unit.unit_id, people.today()));
end $function$
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
CREATE OR REPLACE FUNCTION people.credential_of(staff_id text)
 RETURNS TABLE(hash text, given boolean, expires_at timestamp with time zone, set_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if people.is_system() or people.ticket_holder() = credential_of.staff_id then
        return query
            select password.hash, password.given, password.expires_at, password.set_at
              from people.password where password.staff_id = credential_of.staff_id;
    end if;
end $function$
CREATE OR REPLACE FUNCTION people.end_sessions(staff_id text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    own uuid := nullif(current_setting('app.ticket', true), '')::uuid;
begin
    delete from people.session
     where session.staff_id = end_sessions.staff_id and session.ticket is distinct from own;
    delete from people.ticket
     where ticket.staff_id = end_sessions.staff_id and ticket.kind = 'person'
       and ticket.ticket is distinct from own;
end $function$
table people.identity  -- row level security, forced
    issuer text not null
    subject text not null
    staff_id text not null
    linked_at timestamp with time zone not null
    linked_by text not null
    constraint identity_issuer_staff_id_key UNIQUE (issuer, staff_id)
    constraint identity_pkey PRIMARY KEY (issuer, subject)
    constraint identity_subject_check CHECK (subject <> ''::text)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    grant delete, insert, select to gridkeeper_app
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
           and not staff.unit_id = any (people.units_organised()));
end $function$
CREATE OR REPLACE FUNCTION people.is_foreign_unit(unit_id text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return not is_foreign_unit.unit_id = any (people.units_organised())
       and exists (select from people.unit where unit.unit_id = is_foreign_unit.unit_id);
end $function$
CREATE OR REPLACE FUNCTION people.is_managed(staff_id text, roles text[])
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    managed text[] := people.units_of_roles(is_managed.roles);
begin
    return exists (
            select from people.staff
             where staff.staff_id = is_managed.staff_id and staff.unit_id = any (managed))
       and not exists (
            select from people.staff
             where staff.staff_id = is_managed.staff_id and not staff.unit_id = any (managed)
               and (staff.valid_to is null or people.today() < staff.valid_to
                   or staff.valid_from = (
                       select max(latest.valid_from) from people.staff as latest
                        where latest.staff_id = is_managed.staff_id)))
       and not exists (
            select from people.post
             where post.staff_id = is_managed.staff_id and not post.unit_id = any (managed)
               and (post.valid_to is null or people.today() < post.valid_to));
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
table people.last_sign_in  -- row level security, forced
    staff_id text not null
    at timestamp with time zone not null
    address text
    device text
    failures integer not null
    constraint last_sign_in_failures_check CHECK (failures >= 0)
    constraint last_sign_in_pkey PRIMARY KEY (staff_id)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    grant delete, insert, select, update to gridkeeper_app
table people.logout_token  -- row level security, forced
    issuer text not null
    jti text not null
    expires_at timestamp with time zone not null
    constraint logout_token_pkey PRIMARY KEY (issuer, jti)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    grant delete, insert, select to gridkeeper_app
CREATE OR REPLACE FUNCTION people.make_token(token_id text, secret_sha256 text, ticket uuid, unit_id text, name text, actions text[], at timestamp with time zone, by text, expires_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if not people.may_keep_tokens(make_token.unit_id) then
        return false;
    end if;
    insert into people.service_token
        (token_id, secret_sha256, ticket, unit_id, name, actions, made_at, made_by, expires_at)
    values (make_token.token_id, make_token.secret_sha256, make_token.ticket, make_token.unit_id,
        make_token.name, make_token.actions, make_token.at, make_token.by, make_token.expires_at);
    insert into people.ticket (ticket, kind, token_id, opened_at, expires_at)
    values (make_token.ticket, 'token', make_token.token_id, make_token.at, make_token.expires_at);
    return true;
end $function$
CREATE OR REPLACE FUNCTION people.may_help(staff_id text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return people.is_system() or people.is_managed(may_help.staff_id, array['administrator']);
end $function$
CREATE OR REPLACE FUNCTION people.may_keep_tokens(unit_id text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return may_keep_tokens.unit_id = any (people.units_of_roles(array['administrator']));
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
CREATE OR REPLACE FUNCTION people.next_post_no(staff_id text)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN (SELECT (COALESCE(max(post.post_no), 0) + 1) FROM people.post WHERE (post.staff_id = next_post_no.staff_id))
CREATE OR REPLACE FUNCTION people.note_use(token_id text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if people.is_system() then
        update people.service_token as held set used_at = note_use.at
         where held.token_id = note_use.token_id
           and (held.used_at is null or held.used_at < note_use.at);
    end if;
end $function$
table people.password  -- row level security, forced
    staff_id text not null
    hash text not null
    set_at timestamp with time zone not null
    set_by text not null
    given boolean not null default false
    expires_at timestamp with time zone
    constraint password_check CHECK (expires_at IS NULL OR given)
    constraint password_hash_check CHECK (hash ~~ '$argon2id$%'::text)
    constraint password_pkey PRIMARY KEY (staff_id)
    policy owner_resolves using (true) with check ()
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
    policy add_organised using () with check (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_organised() AS units_organised)::text[]))))
    policy change_organised using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_organised() AS units_organised)::text[])))) with check ()
    policy owner_resolves using (true) with check ()
    policy read_in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND ((kind = 'town'::text) OR (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[]))))) with check ()
    grant insert, select, update to gridkeeper_app
table people.post  -- row level security, forced
    staff_id text not null
    post_no integer not null
    unit_id text not null
    roles text[] not null
    valid_from date not null
    valid_to date
    recorded_at timestamp with time zone not null
    recorded_by text not null
    constraint post_check CHECK (valid_to >= valid_from)
    constraint post_pkey PRIMARY KEY (staff_id, post_no)
    constraint post_post_no_check CHECK (post_no >= 1 AND post_no <= 1000)
    constraint post_roles_check CHECK (cardinality(roles) > 0)
    INDEX post_by_unit ON people.post USING btree (unit_id)
    policy add_organised using () with check (((unit_id = ANY (( SELECT people.units_organised() AS units_organised)::text[])) AND ((NOT (roles && ARRAY['administrator'::text, 'auditor'::text])) OR (unit_id = ANY (( SELECT people.units_of_roles(ARRAY['administrator'::text]) AS units_of_roles)::text[]))) AND (NOT people.is_foreign_staff(staff_id))))
    policy change_organised using (((unit_id = ANY (( SELECT people.units_organised() AS units_organised)::text[])) AND ((NOT (roles && ARRAY['administrator'::text, 'auditor'::text])) OR (unit_id = ANY (( SELECT people.units_of_roles(ARRAY['administrator'::text]) AS units_of_roles)::text[]))))) with check ()
    policy owner_resolves using (true) with check ()
    policy read_in_scope using (((unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (staff_id = ( SELECT people.ticket_holder() AS ticket_holder)))) with check ()
    grant insert, select to gridkeeper_app
CREATE OR REPLACE FUNCTION people.post_mark(staff_id text)
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if not people.is_system() then
        return null;
    end if;
    return (
        select string_agg(told.post, ',' order by told.post)
          from (select post.unit_id || ' ' || array_to_string(
                           array(select unnest(post.roles) order by 1), ' ') as post
                  from people.posts_of(post_mark.staff_id) as post) as told);
end $function$
CREATE OR REPLACE FUNCTION people.posts()
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return array(
        select post.unit_id from people.posts_of(people.ticket_holder()) as post
        union
        select token.unit_id from people.service_token as token
         where token.token_id = people.token_holding()
         order by unit_id);
end $function$
CREATE OR REPLACE FUNCTION people.posts_of(staff_id text)
 RETURNS TABLE(unit_id text, roles text[])
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
BEGIN ATOMIC
 SELECT main.unit_id,
     main.roles
    FROM people.staff main
   WHERE ((main.staff_id = posts_of.staff_id) AND (main.valid_from <= people.today()) AND ((main.valid_to IS NULL) OR (people.today() < main.valid_to)))
 UNION ALL
  SELECT beside.unit_id,
     beside.roles
    FROM people.post beside
   WHERE ((beside.staff_id = posts_of.staff_id) AND (beside.valid_from <= people.today()) AND ((beside.valid_to IS NULL) OR (people.today() < beside.valid_to)) AND (EXISTS ( SELECT
            FROM people.staff main
           WHERE ((main.staff_id = posts_of.staff_id) AND (main.valid_from <= people.today()) AND ((main.valid_to IS NULL) OR (people.today() < main.valid_to))))));
END
table people.provider_session  -- row level security, forced
    ticket uuid not null
    issuer text not null
    subject text not null
    sid text
    id_token text not null
    refresh text
    checked_at timestamp with time zone not null
    constraint provider_session_id_token_check CHECK (id_token ~~ 'v1.%'::text)
    constraint provider_session_pkey PRIMARY KEY (ticket)
    constraint provider_session_refresh_check CHECK (refresh ~~ 'v1.%'::text)
    INDEX provider_session_by_subject ON people.provider_session USING btree (issuer, subject)
    INDEX provider_session_due ON people.provider_session USING btree (checked_at) WHERE (refresh IS NOT NULL)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    grant delete, insert, select, update to gridkeeper_app
CREATE OR REPLACE FUNCTION people.reach(starts text[])
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    today date := people.today();
begin
    return array(
        with recursive reached as (
            select unnest(starts) as unit_id
            union  -- not union all: it ends even where the tree runs in a circle
            select child.unit_id
              from reached join people.unit as child on child.parent_id = reached.unit_id
             where child.valid_from = people.standing_from(child.unit_id, today)
        )
        select unit_id from reached order by unit_id);
end $function$
table people.recovery_code  -- row level security, forced
    staff_id text not null
    place integer not null
    hash text not null
    used_at timestamp with time zone
    constraint recovery_code_hash_check CHECK (hash ~~ '$argon2id$%'::text)
    constraint recovery_code_pkey PRIMARY KEY (staff_id, place)
    constraint recovery_code_place_check CHECK (place > 0)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy owner_resolves using (true) with check ()
    grant delete, insert, select, update to gridkeeper_app
CREATE OR REPLACE FUNCTION people.reset_second_factor(staff_id text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    taken integer;
begin
    if not people.may_help(reset_second_factor.staff_id) then
        return null;
    end if;
    delete from people.recovery_code where recovery_code.staff_id = reset_second_factor.staff_id;
    delete from people.second_factor where second_factor.staff_id = reset_second_factor.staff_id;
    get diagnostics taken = row_count;
    perform people.end_sessions(reset_second_factor.staff_id);
    return taken > 0;
end $function$
CREATE OR REPLACE FUNCTION people.revoke_token(token_id text, at timestamp with time zone, by text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    update people.service_token as held
       set revoked_at = revoke_token.at, revoked_by = revoke_token.by
     where held.token_id = revoke_token.token_id and held.revoked_at is null
       and people.may_keep_tokens(held.unit_id);
    if not found then
        return false;
    end if;
    delete from people.ticket where ticket.token_id = revoke_token.token_id;
    return true;
end $function$
table people.rezoning  -- row level security, forced
    branch_id text not null
    rezoning_id uuid not null
    valid_from date not null
    moves jsonb not null
    before jsonb not null
    after jsonb not null
    made_at timestamp with time zone not null
    made_by text not null
    undone_at timestamp with time zone
    undone_by text
    constraint rezoning_after_check CHECK (jsonb_typeof(after) = 'array'::text)
    constraint rezoning_before_check CHECK (jsonb_typeof(before) = 'array'::text)
    constraint rezoning_check CHECK ((undone_at IS NULL) = (undone_by IS NULL))
    constraint rezoning_moves_check CHECK (jsonb_typeof(moves) = 'array'::text)
    constraint rezoning_pkey PRIMARY KEY (branch_id, rezoning_id)
    INDEX rezoning_by_day ON people.rezoning USING btree (branch_id, valid_from)
    policy add_organised using () with check ((branch_id = ANY (( SELECT people.units_organised() AS units_organised)::text[])))
    policy change_organised using ((branch_id = ANY (( SELECT people.units_organised() AS units_organised)::text[]))) with check ()
    policy read_in_scope using ((branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[]))) with check ()
    grant insert, select to gridkeeper_app
CREATE OR REPLACE FUNCTION people.roles_at(unit_id text)
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return array(
        select distinct unnest(post.roles) as role
          from people.climb(roles_at.unit_id) as above
          join people.posts_of(people.ticket_holder()) as post on post.unit_id = above.unit_id
         order by role);
end $function$
CREATE OR REPLACE FUNCTION people.roles_held()
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return array(
        select distinct unnest(post.roles) from people.posts_of(people.ticket_holder()) as post);
end $function$
CREATE OR REPLACE FUNCTION people.roles_of(staff_id text)
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if not people.is_system() then
        return null;
    end if;
    return array(
        select distinct unnest(post.roles) as role from people.posts_of(roles_of.staff_id) as post
         order by role);
end $function$
CREATE OR REPLACE FUNCTION people.roles_of_at(staff_id text, unit_id text)
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if not people.is_system() then
        return array[]::text[];
    end if;
    return array(
        select distinct unnest(post.roles) as role
          from people.climb(roles_of_at.unit_id) as above
          join people.posts_of(roles_of_at.staff_id) as post on post.unit_id = above.unit_id
         order by role);
end $function$
table people.second_factor  -- row level security, forced
    staff_id text not null
    sealed text not null
    begun_at timestamp with time zone not null
    confirmed_at timestamp with time zone
    last_step bigint not null default 0
    constraint second_factor_pkey PRIMARY KEY (staff_id)
    constraint second_factor_sealed_check CHECK (sealed ~~ 'v1.%'::text)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy owner_resolves using (true) with check ()
    grant delete, insert, select, update to gridkeeper_app
table people.service_token  -- row level security, forced
    token_id text not null
    secret_sha256 text not null
    ticket uuid not null
    unit_id text not null
    name text not null
    actions text[] not null
    made_at timestamp with time zone not null
    made_by text not null
    expires_at timestamp with time zone not null
    used_at timestamp with time zone
    revoked_at timestamp with time zone
    revoked_by text
    constraint service_token_actions_check CHECK (cardinality(actions) > 0)
    constraint service_token_check CHECK (expires_at > made_at AND expires_at <= (made_at + '366 days'::interval))
    constraint service_token_check1 CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
    constraint service_token_name_check CHECK (name <> ''::text)
    constraint service_token_pkey PRIMARY KEY (token_id)
    constraint service_token_secret_sha256_check CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'::text)
    constraint service_token_secret_sha256_key UNIQUE (secret_sha256)
    constraint service_token_ticket_key UNIQUE (ticket)
    constraint service_token_token_id_check CHECK (token_id ~ '^gk_[0-9a-z]{12}$'::text)
    INDEX service_token_by_unit ON people.service_token USING btree (unit_id)
    policy owner_resolves using (true) with check ()
    policy read_in_scope using ((unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[]))) with check ()
table people.session  -- row level security, forced
    token_sha256 text not null
    staff_id text not null
    ticket uuid not null
    address text
    opened_at timestamp with time zone not null
    seen_at timestamp with time zone not null
    ends_at timestamp with time zone not null
    session_id uuid not null
    device text
    due text
    idle_seconds integer not null
    post text not null
    constraint session_due_check CHECK (due = ANY (ARRAY['second-factor'::text, 'password-change'::text, 'enrolment'::text]))
    constraint session_idle_seconds_check CHECK (idle_seconds > 0)
    constraint session_pkey PRIMARY KEY (token_sha256)
    constraint session_session_id_key UNIQUE (session_id)
    constraint session_ticket_key UNIQUE (ticket)
    constraint session_token_sha256_check CHECK (token_sha256 ~ '^[0-9a-f]{64}$'::text)
    INDEX session_by_staff ON people.session USING btree (staff_id)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy owner_resolves using (true) with check ()
    grant delete, insert, select, update to gridkeeper_app
CREATE OR REPLACE FUNCTION people.session_of(token_sha256 text)
 RETURNS TABLE(session_id uuid, staff_id text, ticket uuid, address text, device text, seen_at timestamp with time zone, ends_at timestamp with time zone, idle_seconds integer, due text, roles text[])
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if people.is_system() then
        return query
            select session.session_id, session.staff_id, session.ticket, session.address,
                   session.device, session.seen_at, session.ends_at, session.idle_seconds,
                   session.due, staff.roles
              from people.session
              join people.staff
                on staff.staff_id = session.staff_id and staff.valid_from <= people.today()
               and (staff.valid_to is null or people.today() < staff.valid_to)
             where session.token_sha256 = session_of.token_sha256
               and session.post = people.post_mark(session.staff_id);
    end if;
end $function$
CREATE OR REPLACE FUNCTION people.set_password(staff_id text, hash text, at timestamp with time zone, by text, given boolean, expires_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    own boolean := coalesce(people.ticket_holder() = set_password.staff_id, false);
begin
    if not (own or people.may_help(set_password.staff_id))
       or not (own or people.is_system() or set_password.given) then
        return false;
    end if;
    insert into people.password as held (staff_id, hash, set_at, set_by, given, expires_at)
    values (set_password.staff_id, set_password.hash, set_password.at, set_password.by,
        set_password.given, set_password.expires_at)
    on conflict on constraint password_pkey do update
        set hash = excluded.hash, set_at = excluded.set_at, set_by = excluded.set_by,
            given = excluded.given, expires_at = excluded.expires_at;
    perform people.end_sessions(set_password.staff_id);
    return true;
end $function$
table people.sign_in_rule  -- row level security, forced
    branch_id text not null
    version integer not null
    roles text[] not null
    saved_at timestamp with time zone not null default platform.unit_now()
    saved_by text not null
    constraint sign_in_rule_pkey PRIMARY KEY (branch_id, version)
    constraint sign_in_rule_version_check CHECK (version > 0)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) OR (branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (branch_id IN ( SELECT above.unit_id
   FROM people.units_above() above(unit_id, valid_from, valid_to, parent_id, kind, name, division_code, head_staff_id, recorded_at, recorded_by))))) with check ((branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))
    TRIGGER append_only BEFORE DELETE OR UPDATE ON people.sign_in_rule FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
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
    extension text
    constraint staff_capacity_call_check CHECK (capacity_call >= 0)
    constraint staff_capacity_door_check CHECK (capacity_door >= 0)
    constraint staff_capacity_hall_check CHECK (capacity_hall >= 0)
    constraint staff_capacity_install_check CHECK (capacity_install >= 0)
    constraint staff_check CHECK (valid_to >= valid_from)
    constraint staff_days_check CHECK (days ~ '^1?2?3?4?5?6?7?$'::text)
    constraint staff_extension_check CHECK (extension ~ '^[0-9]{2,12}$'::text)
    constraint staff_name_check CHECK (name <> ''::text)
    constraint staff_pkey PRIMARY KEY (staff_id, valid_from)
    constraint staff_roles_check CHECK (cardinality(roles) > 0)
    constraint staff_staff_id_check CHECK (staff_id <> ''::text)
    INDEX staff_by_unit ON people.staff USING btree (unit_id)
    policy add_organised using () with check (((unit_id = ANY (( SELECT people.units_organised() AS units_organised)::text[])) AND ((NOT (roles && ARRAY['administrator'::text, 'auditor'::text])) OR (unit_id = ANY (( SELECT people.units_of_roles(ARRAY['administrator'::text]) AS units_of_roles)::text[]))) AND (NOT people.is_foreign_staff(staff_id))))
    policy change_organised using (((unit_id = ANY (( SELECT people.units_organised() AS units_organised)::text[])) AND ((NOT (roles && ARRAY['administrator'::text, 'auditor'::text])) OR (unit_id = ANY (( SELECT people.units_of_roles(ARRAY['administrator'::text]) AS units_of_roles)::text[]))))) with check ()
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
    token_id text
    constraint ticket_kind_check CHECK (kind = ANY (ARRAY['person'::text, 'system'::text, 'token'::text]))
    constraint ticket_of_a_person CHECK ((staff_id IS NOT NULL) = (kind = 'person'::text))
    constraint ticket_of_a_token CHECK ((token_id IS NOT NULL) = (kind = 'token'::text))
    constraint ticket_pkey PRIMARY KEY (ticket)
    constraint ticket_that_ends CHECK (expires_at IS NOT NULL OR kind = 'system'::text)
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
CREATE OR REPLACE FUNCTION people.token_holding()
 RETURNS text
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return (
        select token_id from people.ticket
         where ticket = nullif(current_setting('app.ticket', true), '')::uuid and kind = 'token'
           and expires_at > nullif(current_setting('app.now', true), '')::timestamptz);
end $function$
CREATE OR REPLACE FUNCTION people.token_of(secret_sha256 text)
 RETURNS TABLE(token_id text, ticket uuid, actions text[], used_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if people.is_system() then
        return query
            select held.token_id, held.ticket, held.actions, held.used_at
              from people.service_token as held
             where held.secret_sha256 = token_of.secret_sha256 and held.revoked_at is null
               and held.expires_at > nullif(current_setting('app.now', true), '')::timestamptz;
    end if;
end $function$
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
    policy add_organised using () with check ((( SELECT people.is_system() AS is_system) OR (unit_id = ANY (( SELECT people.units_organised() AS units_organised)::text[])) OR ((parent_id = ANY (( SELECT people.units_organised() AS units_organised)::text[])) AND (NOT people.is_foreign_unit(unit_id)))))
    policy change_organised using ((unit_id = ANY (( SELECT people.units_organised() AS units_organised)::text[]))) with check ()
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
begin
    if people.is_system() then
        return array(select distinct unit_id from people.unit order by unit_id);
    end if;
    return people.reach(people.posts());
end $function$
CREATE OR REPLACE FUNCTION people.units_of_roles(roles text[])
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if people.is_system() then
        return array(select distinct unit_id from people.unit order by unit_id);
    end if;
    return people.reach(array(
        select post.unit_id from people.posts_of(people.ticket_holder()) as post
         where post.roles && units_of_roles.roles));
end $function$
CREATE OR REPLACE FUNCTION people.units_of_roles_of(staff_id text, roles text[])
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if not people.is_system() then
        return array[]::text[];
    end if;
    return people.reach(array(
        select post.unit_id from people.posts_of(units_of_roles_of.staff_id) as post
         where post.roles && units_of_roles_of.roles));
end $function$
CREATE OR REPLACE FUNCTION people.units_organised()
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    return people.units_of_roles(array['administrator', 'branch_manager']);
end $function$
CREATE OR REPLACE FUNCTION people.unlock(staff_id text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    forgotten integer;
begin
    if not people.may_help(unlock.staff_id) then
        return null;
    end if;
    delete from people.attempt
     where kind = 'account' and key in (
               select account.account from people.account where account.staff_id = unlock.staff_id)
        or kind = 'factor' and key = unlock.staff_id;
    get diagnostics forgotten = row_count;
    return forgotten > 0;
end $function$
CREATE OR REPLACE FUNCTION platform.append_audit(events jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    holder  text := people.acting();
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
    policy by_who_audits using (((chain = ANY (( SELECT platform.units_audited() AS units_audited)::text[])) OR ((chain = ''::text) AND ( SELECT platform.audits_the_rest() AS audits_the_rest)))) with check ()
    policy owner_appends using (true) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON platform.audit_entry FOR EACH ROW EXECUTE FUNCTION platform.refuse_change()
    TRIGGER append_only_whole BEFORE TRUNCATE ON platform.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant select to gridkeeper_app
table platform.audit_head  -- row level security, forced
    chain text not null
    seq bigint not null
    hash text not null
    constraint audit_head_pkey PRIMARY KEY (chain)
    policy by_who_audits using (((chain = ANY (( SELECT platform.units_audited() AS units_audited)::text[])) OR ((chain = ''::text) AND ( SELECT platform.audits_the_rest() AS audits_the_rest)))) with check ()
    policy owner_appends using (true) with check ()
    grant select to gridkeeper_app
table platform.audit_told  -- row level security, forced
    chain text not null
    sink text not null
    seq bigint not null
    constraint audit_told_pkey PRIMARY KEY (chain, sink)
    policy by_the_system using (( SELECT platform.is_system() AS is_system)) with check ()
    grant insert, select, update to gridkeeper_app
CREATE OR REPLACE FUNCTION platform.audits_the_rest()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
    return people.audits_the_rest();
end
$function$
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
CREATE OR REPLACE FUNCTION platform.guard_queue()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    unguarded text;
begin
    for unguarded in
        select format('%I.%I', n.nspname, c.relname)
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'pgboss' and c.relkind in ('r', 'p')
           and not (c.relrowsecurity and c.relforcerowsecurity)
         order by c.oid
    loop
        execute format('alter table %s enable row level security, force row level security', unguarded);
        execute format('create policy owner_works on %s to %I using (true)', unguarded, current_user);
    end loop;
    revoke execute on all routines in schema pgboss from public, gridkeeper_app;
    grant execute on function pgboss.job_now() to gridkeeper_app;
end
$function$
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
    cancel_asked_at timestamp with time zone
    tries integer not null default 1
    fault text
    constraint job_check CHECK ((finished_at IS NULL) = (state = ANY (ARRAY['queued'::text, 'running'::text])))
    constraint job_check1 CHECK (fault IS NULL OR state = 'failed'::text)
    constraint job_pkey PRIMARY KEY (branch_id, job_id)
    constraint job_state_check CHECK (state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'refused'::text, 'failed'::text, 'cancelled'::text]))
    constraint job_tries_check CHECK (tries > 0)
    INDEX job_ended ON platform.job USING btree (finished_at) WHERE (finished_at IS NOT NULL)
    INDEX job_failed ON platform.job USING btree (branch_id, finished_at, job_id) WHERE (state = ANY (ARRAY['failed'::text, 'refused'::text]))
    INDEX job_unfinished ON platform.job USING btree (created_at) WHERE (finished_at IS NULL)
    policy forgotten_by_the_system using (( SELECT platform.is_system() AS is_system)) with check ()
    policy in_scope using ((branch_id = ANY (( SELECT platform.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    grant delete, insert, select, update to gridkeeper_app
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
CREATE OR REPLACE FUNCTION platform.tell_webhooks(events jsonb)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$
CREATE OR REPLACE FUNCTION platform.ticket_holder()
 RETURNS text
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
    return people.acting();
end
$function$
CREATE OR REPLACE FUNCTION platform.unit_now()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
    select current_setting('app.now')::timestamptz
$function$
CREATE OR REPLACE FUNCTION platform.units_administered()
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
    return people.units_of_roles(array['administrator']);
end
$function$
CREATE OR REPLACE FUNCTION platform.units_audited()
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
    return people.units_of_roles(array['auditor']);
end
$function$
table platform.webhook  -- row level security, forced
    webhook_id text not null
    unit_id text not null
    name text not null
    url text not null
    kinds text[] not null
    secret text not null
    state text not null default 'active'::text
    because text
    made_at timestamp with time zone not null
    made_by text not null
    delivered_at timestamp with time zone
    secret_before text
    secret_before_until timestamp with time zone
    constraint webhook_check CHECK ((because IS NOT NULL) = (state = 'disabled'::text))
    constraint webhook_check1 CHECK ((secret_before IS NULL) = (secret_before_until IS NULL))
    constraint webhook_kinds_check CHECK (cardinality(kinds) > 0)
    constraint webhook_name_check CHECK (name <> ''::text)
    constraint webhook_pkey PRIMARY KEY (webhook_id)
    constraint webhook_state_check CHECK (state = ANY (ARRAY['active'::text, 'paused'::text, 'disabled'::text]))
    constraint webhook_webhook_id_check CHECK (webhook_id ~ '^wh_[0-9a-z]{12}$'::text)
    INDEX webhook_by_unit ON platform.webhook USING btree (unit_id)
    policy by_administrators using ((unit_id = ANY (( SELECT platform.units_administered() AS units_administered)::text[]))) with check ()
    policy owner_tells using (true) with check ()
    grant delete, insert, select, update to gridkeeper_app
table platform.webhook_delivery  -- row level security, forced
    branch_id text not null
    webhook_id text not null
    event_id text not null
    kind text not null
    body text not null
    happened_at timestamp with time zone not null
    state text not null default 'waiting'::text
    attempts integer not null default 0
    next_at timestamp with time zone not null
    tried_since timestamp with time zone
    last_at timestamp with time zone
    outcome text
    claim uuid
    constraint webhook_delivery_attempts_check CHECK (attempts >= 0)
    constraint webhook_delivery_event_id_check CHECK (event_id ~ '^evt_[0-9a-f]{32}$'::text)
    constraint webhook_delivery_pkey PRIMARY KEY (branch_id, webhook_id, event_id)
    constraint webhook_delivery_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text]))
    constraint webhook_delivery_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES platform.webhook(webhook_id) ON DELETE CASCADE
    INDEX webhook_delivery_due ON platform.webhook_delivery USING btree (next_at) WHERE (state = 'waiting'::text)
    INDEX webhook_delivery_latest ON platform.webhook_delivery USING btree (webhook_id, happened_at, event_id)
    policy by_administrators using ((webhook_id IN ( SELECT webhook.webhook_id
   FROM platform.webhook))) with check ()
    policy owner_tells using (true) with check ()
    grant delete, select, update to gridkeeper_app
CREATE OR REPLACE FUNCTION renewals.keep_reason()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if tg_op = 'UPDATE' and people.is_system() and new.evidence is null
        and to_jsonb(new) - 'evidence' = to_jsonb(old) - 'evidence' then
        return new;
    end if;
    raise exception 'renewals.lapse_reason is append-only' using errcode = 'restrict_violation';
end
$function$
table renewals.lapse_reason  -- row level security, forced
    branch_id text not null
    reason_id uuid not null
    lapse_id text not null
    subscriber_id text not null
    reason text not null
    detail text
    asked_at timestamp with time zone not null
    asked_by text not null
    evidence text
    touch_id text
    recorded_at timestamp with time zone not null default platform.unit_now()
    recorded_by text not null
    strength smallint not null
    constraint lapse_reason_evidence_check CHECK (evidence <> ''::text)
    constraint lapse_reason_pkey PRIMARY KEY (branch_id, reason_id)
    constraint lapse_reason_reason_check CHECK (reason = ANY (ARRAY['price'::text, 'competitor'::text, 'moved'::text, 'away'::text, 'trouble'::text, 'unused'::text, 'deceased'::text, 'unknown'::text]))
    constraint lapse_reason_strength_check CHECK (strength >= 0 AND strength <= 2)
    INDEX lapse_reason_by_subscriber ON renewals.lapse_reason USING btree (branch_id, subscriber_id, asked_at DESC)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (EXISTS ( SELECT
   FROM renewals.lapsed
  WHERE ((lapsed.branch_id = lapse_reason.branch_id) AND (lapsed.lapse_id = lapse_reason.lapse_id)))))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON renewals.lapse_reason FOR EACH ROW EXECUTE FUNCTION renewals.keep_reason()
    grant insert, select to gridkeeper_app
table renewals.lapsed  -- row level security, forced
    branch_id text not null
    lapse_id text not null
    subscriber_id text not null
    contract_end date not null
    unit_id text not null
    place_code text
    status text not null
    product text
    plan text
    monthly_fee_fen bigint
    found_on date not null
    closed_as text
    closed_on date
    renewed_to date
    reason text
    reason_detail text
    asked_at timestamp with time zone
    asked_by text
    paid_on date
    next_sweep_id uuid
    next_sweep_on date
    standing text not null default 
CASE
    WHEN ((paid_on IS NOT NULL) OR (closed_as = 'renewed'::text)) THEN 'won-back'::text
    WHEN (closed_as IS NOT NULL) THEN 'over'::text
    ELSE 'lapsed'::text
END
    won_back_on date default 
CASE
    WHEN (paid_on IS NOT NULL) THEN paid_on
    WHEN (closed_as = 'renewed'::text) THEN closed_on
    ELSE NULL::date
END
    fee_fen bigint not null default COALESCE(monthly_fee_fen, (0)::bigint)
    strength smallint
    constraint lapsed_check CHECK ((closed_on IS NULL) = (closed_as IS NULL))
    constraint lapsed_check1 CHECK ((renewed_to IS NOT NULL) = (NOT closed_as IS DISTINCT FROM 'renewed'::text))
    constraint lapsed_check2 CHECK (reason_detail IS NULL OR reason IS NOT NULL)
    constraint lapsed_check3 CHECK ((asked_at IS NULL) = (reason IS NULL))
    constraint lapsed_check4 CHECK ((asked_by IS NULL) = (reason IS NULL))
    constraint lapsed_check5 CHECK ((next_sweep_on IS NULL) = (next_sweep_id IS NULL))
    constraint lapsed_closed_as_check CHECK (closed_as = ANY (ARRAY['renewed'::text, 'terminated'::text, 'gone'::text, 'corrected'::text]))
    constraint lapsed_pkey PRIMARY KEY (branch_id, lapse_id)
    constraint lapsed_reason_check CHECK (reason = ANY (ARRAY['price'::text, 'competitor'::text, 'moved'::text, 'away'::text, 'trouble'::text, 'unused'::text, 'deceased'::text, 'unknown'::text]))
    constraint lapsed_strength_check CHECK (strength >= 0 AND strength <= 2)
    constraint lapsed_strength_check1 CHECK ((strength IS NULL) = (reason IS NULL))
    constraint lapsed_subscriber_id_check CHECK (subscriber_id <> ''::text)
    INDEX lapsed_by_end ON renewals.lapsed USING btree (branch_id, standing, contract_end, lapse_id)
    INDEX lapsed_by_fee ON renewals.lapsed USING btree (branch_id, standing, fee_fen, lapse_id)
    INDEX lapsed_by_place ON renewals.lapsed USING btree (branch_id, standing, place_code, contract_end, lapse_id)
    INDEX lapsed_by_subscriber ON renewals.lapsed USING btree (branch_id, subscriber_id, contract_end DESC)
    INDEX lapsed_by_unit ON renewals.lapsed USING btree (branch_id, standing, unit_id, contract_end, lapse_id)
    INDEX lapsed_open ON renewals.lapsed USING btree (branch_id, subscriber_id) WHERE (closed_as IS NULL)
    INDEX lapsed_won_back ON renewals.lapsed USING btree (branch_id, won_back_on, place_code) WHERE (won_back_on IS NOT NULL)
    policy by_the_system using () with check (( SELECT people.is_system() AS is_system))
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))) with check ()
    policy learns using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))) with check ()
    TRIGGER follows_the_cards BEFORE UPDATE OF unit_id, place_code, status, closed_as, closed_on, renewed_to ON renewals.lapsed FOR EACH STATEMENT EXECUTE FUNCTION renewals.refuse_but_system()
    grant insert, select to gridkeeper_app
table renewals.receipt  -- row level security, forced
    branch_id text not null
    receipt_no text not null
    lapse_id text not null
    subscriber_id text not null
    paid_on date not null
    amount_fen bigint not null
    recorded_at timestamp with time zone not null default platform.unit_now()
    recorded_by text not null
    constraint receipt_amount_fen_check CHECK (amount_fen > 0)
    constraint receipt_pkey PRIMARY KEY (branch_id, receipt_no)
    constraint receipt_receipt_no_check CHECK (receipt_no <> ''::text)
    INDEX receipt_by_subscriber ON renewals.receipt USING btree (branch_id, subscriber_id, paid_on DESC)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (EXISTS ( SELECT
   FROM renewals.lapsed
  WHERE ((lapsed.branch_id = receipt.branch_id) AND (lapsed.lapse_id = receipt.lapse_id)))))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON renewals.receipt FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
CREATE OR REPLACE FUNCTION renewals.refuse_but_system()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if not people.is_system() then
        raise exception 'the lapsed register follows the cards' using errcode = 'restrict_violation';
    end if;
    return null;
end
$function$
table renewals.register  -- row level security, forced
    branch_id text not null
    snapshot_id text
    as_of date
    day date not null
    constraint register_pkey PRIMARY KEY (branch_id)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    grant insert, select, update to gridkeeper_app
table renewals.sweep  -- row level security, forced
    branch_id text not null
    sweep_id uuid not null
    place_code text not null
    unit_id text not null
    on_day date not null
    purpose text not null
    staff_id text
    crew_id text
    left_out jsonb not null
    planned_at timestamp with time zone not null default platform.unit_now()
    planned_by text not null
    called_off_at timestamp with time zone
    called_off_by text
    constraint sweep_check CHECK ((called_off_by IS NULL) = (called_off_at IS NULL))
    constraint sweep_check1 CHECK ((staff_id IS NULL) <> (crew_id IS NULL))
    constraint sweep_left_out_check CHECK (jsonb_typeof(left_out) = 'object'::text)
    constraint sweep_pkey PRIMARY KEY (branch_id, sweep_id)
    constraint sweep_place_code_check CHECK (place_code <> ''::text)
    constraint sweep_purpose_check CHECK (purpose = ANY (ARRAY['find-reason'::text, 'wake'::text, 'all'::text]))
    INDEX sweep_by_day ON renewals.sweep USING btree (branch_id, on_day, sweep_id)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))) with check ()
    grant insert, select to gridkeeper_app
table renewals.sweep_member  -- row level security, forced
    branch_id text not null
    sweep_id uuid not null
    lapse_id text not null
    subscriber_id text not null
    purpose text not null
    constraint sweep_member_pkey PRIMARY KEY (branch_id, sweep_id, lapse_id)
    constraint sweep_member_purpose_check CHECK (purpose = ANY (ARRAY['find-reason'::text, 'wake'::text]))
    INDEX sweep_member_by_subscriber ON renewals.sweep_member USING btree (branch_id, subscriber_id)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (EXISTS ( SELECT
   FROM renewals.sweep
  WHERE ((sweep.branch_id = sweep_member.branch_id) AND (sweep.sweep_id = sweep_member.sweep_id)))))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON renewals.sweep_member FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table subscribers.alarm  -- row level security, forced
    branch_id text not null
    staff_id text not null
    day date not null
    reason text not null
    unit_id text not null
    details jsonb not null
    first_at timestamp with time zone not null
    last_at timestamp with time zone not null
    constraint alarm_details_check CHECK (jsonb_typeof(details) = 'object'::text)
    constraint alarm_pkey PRIMARY KEY (branch_id, staff_id, day, reason)
    constraint alarm_reason_check CHECK (reason = ANY (ARRAY['unusual-count'::text, 'outside-hours'::text, 'outside-tasks'::text, 'limit-reached'::text]))
    INDEX alarm_by_time ON subscribers.alarm USING btree (branch_id, last_at DESC, staff_id, day, reason)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND ((unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[]))))) with check ()
    grant insert, select, update to gridkeeper_app
table subscribers.alarm_look  -- row level security, forced
    branch_id text not null
    staff_id text not null
    day date not null
    reason text not null
    looked_at timestamp with time zone not null
    looked_by text not null
    note text not null
    constraint alarm_look_note_check CHECK (length(note) >= 2 AND length(note) <= 400)
    constraint alarm_look_pkey PRIMARY KEY (branch_id, staff_id, day, reason, looked_at)
    policy by_another using () with check (((looked_by = ( SELECT people.ticket_holder() AS ticket_holder)) AND (staff_id <> looked_by) AND (EXISTS ( SELECT
   FROM subscribers.alarm
  WHERE ((alarm.branch_id = alarm_look.branch_id) AND (alarm.staff_id = alarm_look.staff_id) AND (alarm.day = alarm_look.day) AND (alarm.reason = alarm_look.reason))))))
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy in_scope using ((EXISTS ( SELECT
   FROM subscribers.alarm
  WHERE ((alarm.branch_id = alarm_look.branch_id) AND (alarm.staff_id = alarm_look.staff_id) AND (alarm.day = alarm_look.day) AND (alarm.reason = alarm_look.reason))))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON subscribers.alarm_look FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
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
    create index card_by_number on subscribers.card (branch_id, number_index);
    -- Whose name begins with these sounds? Lists by name.
    create index card_by_name on subscribers.card (branch_id, sounds, subscriber_id);
    -- Whose name begins with these characters?
    create index card_by_name_index on subscribers.card (branch_id, name_index);
    -- Lists by monthly fee, and by arrears.
    create index card_by_fee on subscribers.card (branch_id, fee_fen, subscriber_id);
    create index card_by_arrears on subscribers.card (branch_id, owed_fen, subscriber_id);
    -- Who lives at these places?
    create index card_by_place on subscribers.card (branch_id, place_code);
end $function$
table subscribers.call  -- row level security, forced
    branch_id text not null
    call_id uuid not null
    staff_id text not null
    day date not null
    at timestamp with time zone not null
    subscriber_id text not null
    purpose text not null
    note text not null
    own_task boolean not null
    constraint call_pkey PRIMARY KEY (branch_id, call_id)
    constraint call_purpose_check CHECK (purpose = ANY (ARRAY['own-task'::text, 'customer-present'::text, 'complaint'::text, 'correction'::text, 'legal-request'::text]))
    INDEX call_by_staff ON subscribers.call USING btree (staff_id, day)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy own using ((staff_id = ( SELECT people.ticket_holder() AS ticket_holder))) with check (((staff_id = ( SELECT people.ticket_holder() AS ticket_holder)) AND (branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))))
    TRIGGER append_only BEFORE DELETE OR UPDATE ON subscribers.call FOR EACH ROW EXECUTE FUNCTION subscribers.keep_unmasking()
    grant insert, select to gridkeeper_app
table subscribers.card  -- row level security, forced
    branch_id text not null
    subscriber_id text not null
    household_id text not null
    unit_id text not null
    place_code text
    grid_code text
    address text
    status text not null
    product text
    plan text
    monthly_fee_fen bigint
    contract_end date
    arrears_fen bigint
    tenure_months integer
    name_initials text
    ends_on date not null default COALESCE(contract_end, '9999-12-31'::date)
    sounds text not null default COALESCE(name_initials, ''::text)
    fee_fen bigint not null default COALESCE(monthly_fee_fen, (0)::bigint)
    owed_fen bigint not null default COALESCE(arrears_fen, (0)::bigint)
    identity bytea
    name_index text
    number_index text
    constraint card_pkey PRIMARY KEY (branch_id, subscriber_id)
    INDEX card_by_arrears ON subscribers.card USING btree (branch_id, owed_fen, subscriber_id)
    INDEX card_by_end ON subscribers.card USING btree (branch_id, ends_on, subscriber_id)
    INDEX card_by_fee ON subscribers.card USING btree (branch_id, fee_fen, subscriber_id)
    INDEX card_by_household ON subscribers.card USING btree (branch_id, household_id)
    INDEX card_by_name ON subscribers.card USING btree (branch_id, sounds, subscriber_id)
    INDEX card_by_name_index ON subscribers.card USING btree (branch_id, name_index)
    INDEX card_by_number ON subscribers.card USING btree (branch_id, number_index)
    INDEX card_by_place ON subscribers.card USING btree (branch_id, place_code)
    INDEX card_by_unit ON subscribers.card USING btree (branch_id, unit_id, ends_on, subscriber_id)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))) with check ()
    grant delete, insert, select, update to gridkeeper_app
table subscribers.correction  -- row level security, forced
    branch_id text not null
    correction_id uuid not null
    subscriber_id text not null
    field text not null
    sealed bytea
    number text not null
    recorded_by text not null
    recorded_at timestamp with time zone not null
    ended_at timestamp with time zone
    ended_as text
    constraint correction_check CHECK ((ended_at IS NULL) = (ended_as IS NULL))
    constraint correction_check1 CHECK ((ended_at IS NULL) = (sealed IS NOT NULL))
    constraint correction_ended_as_check CHECK (ended_as = ANY (ARRAY['taken-over'::text, 'withdrawn'::text, 'replaced'::text, 'erased'::text]))
    constraint correction_field_check CHECK (field = ANY (ARRAY['name'::text, 'phone'::text, 'address'::text]))
    constraint correction_number_check CHECK (number <> ''::text)
    constraint correction_pkey PRIMARY KEY (branch_id, correction_id)
    UNIQUE INDEX correction_open ON subscribers.correction USING btree (branch_id, subscriber_id, field) WHERE (ended_at IS NULL)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy ends using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND ((branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (EXISTS ( SELECT
   FROM subscribers.card
  WHERE ((card.branch_id = correction.branch_id) AND (card.subscriber_id = correction.subscriber_id))))))) with check ((ended_as = ANY (ARRAY['withdrawn'::text, 'replaced'::text])))
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND ((branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (EXISTS ( SELECT
   FROM subscribers.card
  WHERE ((card.branch_id = correction.branch_id) AND (card.subscriber_id = correction.subscriber_id))))))) with check ()
    policy records using () with check (((recorded_by = ( SELECT people.ticket_holder() AS ticket_holder)) AND (ended_at IS NULL) AND (branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (EXISTS ( SELECT
   FROM subscribers.card
  WHERE ((card.branch_id = correction.branch_id) AND (card.subscriber_id = correction.subscriber_id))))))
    TRIGGER keep_correction BEFORE UPDATE ON subscribers.correction FOR EACH ROW EXECUTE FUNCTION subscribers.keep_correction()
    grant insert, select, update to gridkeeper_app
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
        subscribers.card_by_number, subscribers.card_by_name, subscribers.card_by_name_index,
        subscribers.card_by_fee, subscribers.card_by_arrears, subscribers.card_by_place;
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
table subscribers.erased  -- row level security, forced
    branch_id text not null
    subscriber_id text not null
    erasure_id uuid not null
    erased_at timestamp with time zone not null
    constraint erased_pkey PRIMARY KEY (branch_id, subscriber_id)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy in_scope using ((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON subscribers.erased FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table subscribers.erasure  -- row level security, forced
    branch_id text not null
    erasure_id uuid not null
    subscriber_ids text[] not null
    ground text not null
    number text not null
    requested_by text not null
    requested_at timestamp with time zone not null
    decided_by text
    decided_at timestamp with time zone
    approved boolean
    decision_note text
    done_at timestamp with time zone
    constraint erasure_check CHECK (decided_by <> requested_by)
    constraint erasure_check1 CHECK ((decided_at IS NULL) = (decided_by IS NULL))
    constraint erasure_check2 CHECK ((approved IS NULL) = (decided_by IS NULL))
    constraint erasure_check3 CHECK (decided_by IS NOT NULL OR decision_note IS NULL)
    constraint erasure_check4 CHECK (done_at IS NULL OR approved)
    constraint erasure_ground_check CHECK (ground = ANY (ARRAY['asked'::text, 'consent-withdrawn'::text, 'purpose-achieved'::text, 'retention-over'::text, 'unlawful'::text]))
    constraint erasure_number_check CHECK (number <> ''::text)
    constraint erasure_pkey PRIMARY KEY (branch_id, erasure_id)
    constraint erasure_subscriber_ids_check CHECK (cardinality(subscriber_ids) >= 1 AND cardinality(subscriber_ids) <= 50)
    INDEX erasure_by_time ON subscribers.erasure USING btree (branch_id, requested_at DESC, erasure_id)
    policy asks using () with check (((requested_by = ( SELECT people.ticket_holder() AS ticket_holder)) AND (decided_by IS NULL) AND (branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[]))))
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy decides using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) AND (requested_by <> ( SELECT people.ticket_holder() AS ticket_holder)))) with check (((decided_by = ( SELECT people.ticket_holder() AS ticket_holder)) AND (done_at IS NULL)))
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))) with check ()
    TRIGGER keep_erasure BEFORE UPDATE ON subscribers.erasure FOR EACH ROW EXECUTE FUNCTION subscribers.keep_erasure()
    grant insert, select, update to gridkeeper_app
table subscribers.export  -- row level security, forced
    branch_id text not null
    export_id uuid not null
    unit_id text not null
    content jsonb not null
    requested_by text not null
    requested_at timestamp with time zone not null
    decided_by text
    decided_at timestamp with time zone
    approved boolean
    decision_note text
    made_at timestamp with time zone
    file text
    row_count integer
    downloads integer not null default 0
    deleted_at timestamp with time zone
    constraint export_check CHECK (decided_by <> requested_by)
    constraint export_check1 CHECK ((decided_at IS NULL) = (decided_by IS NULL))
    constraint export_check2 CHECK ((approved IS NULL) = (decided_by IS NULL))
    constraint export_check3 CHECK (decided_by IS NOT NULL OR decision_note IS NULL)
    constraint export_check4 CHECK (made_at IS NULL OR approved)
    constraint export_check5 CHECK ((file IS NULL) = (made_at IS NULL))
    constraint export_check6 CHECK (row_count >= 0 AND (row_count IS NULL) = (made_at IS NULL))
    constraint export_check7 CHECK (deleted_at IS NULL OR made_at IS NOT NULL)
    constraint export_content_check CHECK (jsonb_typeof(content) = 'object'::text)
    constraint export_downloads_check CHECK (downloads >= 0)
    constraint export_pkey PRIMARY KEY (branch_id, export_id)
    INDEX export_by_time ON subscribers.export USING btree (branch_id, requested_at DESC, export_id)
    INDEX export_on_disk ON subscribers.export USING btree (made_at) WHERE ((made_at IS NOT NULL) AND (deleted_at IS NULL))
    policy asks using () with check (((requested_by = ( SELECT people.ticket_holder() AS ticket_holder)) AND (branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[]))))
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy decides using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) AND (requested_by <> ( SELECT people.ticket_holder() AS ticket_holder)))) with check ((decided_by = ( SELECT people.ticket_holder() AS ticket_holder)))
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))) with check ()
    policy own using ((requested_by = ( SELECT people.ticket_holder() AS ticket_holder))) with check ()
    TRIGGER keep_export BEFORE UPDATE ON subscribers.export FOR EACH ROW EXECUTE FUNCTION subscribers.keep_export()
    grant insert, select, update to gridkeeper_app
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
CREATE OR REPLACE FUNCTION subscribers.keep_correction()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if old.ended_at is not null
        or (new.branch_id, new.correction_id, new.subscriber_id, new.field, new.number, new.recorded_by,
                new.recorded_at) is distinct from
            (old.branch_id, old.correction_id, old.subscriber_id, old.field, old.number, old.recorded_by,
                old.recorded_at)
        or new.ended_at is null and new.sealed is distinct from old.sealed and not people.is_system()
    then
        raise exception 'a correction keeps what was recorded' using errcode = 'restrict_violation';
    end if;
    return new;
end
$function$
CREATE OR REPLACE FUNCTION subscribers.keep_erasure()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if (new.branch_id, new.erasure_id, new.subscriber_ids, new.ground, new.number, new.requested_by,
            new.requested_at) is distinct from
        (old.branch_id, old.erasure_id, old.subscriber_ids, old.ground, old.number, old.requested_by,
            old.requested_at)
        or old.decided_by is not null
        and ((new.decided_by, new.decided_at, new.approved)
                is distinct from (old.decided_by, old.decided_at, old.approved)
            or new.decision_note is distinct from old.decision_note
                and not (new.decision_note is null and people.is_system())) then
        raise exception 'a request for erasure keeps what was asked for and what was decided'
            using errcode = 'restrict_violation';
    end if;
    return new;
end
$function$
CREATE OR REPLACE FUNCTION subscribers.keep_export()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if (new.branch_id, new.export_id, new.unit_id, new.content, new.requested_by, new.requested_at)
        is distinct from
        (old.branch_id, old.export_id, old.unit_id, old.content, old.requested_by, old.requested_at)
        or old.decided_by is not null
        and (new.decided_by, new.decided_at, new.approved, new.decision_note)
            is distinct from (old.decided_by, old.decided_at, old.approved, old.decision_note) then
        raise exception 'an export keeps what was asked for and what was decided'
            using errcode = 'restrict_violation';
    end if;
    return new;
end
$function$
CREATE OR REPLACE FUNCTION subscribers.keep_unmasking()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if tg_op = 'UPDATE' and people.is_system() and new.note = ''
        and to_jsonb(new) - 'note' = to_jsonb(old) - 'note' then
        return new;
    end if;
    raise exception '% is append-only', tg_table_schema || '.' || tg_table_name
        using errcode = 'restrict_violation';
end
$function$
CREATE OR REPLACE FUNCTION subscribers.learn_cards()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    analyze subscribers.card;
end $function$
table subscribers.number_miss  -- row level security, forced
    branch_id text not null
    staff_id text not null
    day date not null
    nth integer not null
    at timestamp with time zone not null
    constraint number_miss_nth_check CHECK (nth > 0)
    constraint number_miss_pkey PRIMARY KEY (branch_id, staff_id, day, nth)
    INDEX number_miss_by_staff ON subscribers.number_miss USING btree (staff_id, day)
    policy own using ((staff_id = ( SELECT people.acting() AS acting))) with check (((staff_id = ( SELECT people.acting() AS acting)) AND (branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))))
    TRIGGER append_only BEFORE DELETE OR UPDATE ON subscribers.number_miss FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table subscribers.privacy_rules  -- row level security, forced
    branch_id text not null
    version integer not null
    unmask_limit integer not null
    recorded_at timestamp with time zone not null
    recorded_by text not null
    constraint privacy_rules_pkey PRIMARY KEY (branch_id, version)
    constraint privacy_rules_unmask_limit_check CHECK (unmask_limit >= 1 AND unmask_limit <= 1000)
    constraint privacy_rules_version_check CHECK (version > 0)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) OR (branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (branch_id IN ( SELECT above.unit_id
   FROM people.units_above() above(unit_id, valid_from, valid_to, parent_id, kind, name, division_code, head_staff_id, recorded_at, recorded_by))))) with check ((branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))
    TRIGGER append_only BEFORE DELETE OR UPDATE ON subscribers.privacy_rules FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
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
CREATE OR REPLACE FUNCTION subscribers.shown_of(address text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    select coalesce(
        regexp_replace(
            substring(address from '^(.*?[0-9０-９〇一二三四五六七八九十百](?:号楼|栋|幢|座)).'),
            '^.*[0-9][\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]*(?:室|单元).*$', ''),
        case when address ~ '[0-9０-９]' then substring(address from '^[^0-9０-９]*')
            when length(address) > 6 then left(address, -4)
            else '' end)
$function$
table subscribers.snapshot  -- row level security, forced
    branch_id text not null
    snapshot_id text not null
    import_id uuid not null
    date date not null
    file text not null
    row_count bigint not null
    recorded_at timestamp with time zone not null
    key_id text
    forgotten_at timestamp with time zone
    constraint snapshot_key_id_check CHECK (key_id ~ '^[0-9a-f]{8}$'::text)
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
table subscribers.unmasking  -- row level security, forced
    branch_id text not null
    unmasking_id uuid not null
    staff_id text not null
    day date not null
    at timestamp with time zone not null
    subscriber_id text not null
    purpose text not null
    note text not null
    fields text[] not null
    own_task boolean not null
    constraint unmasking_fields_check CHECK (cardinality(fields) > 0)
    constraint unmasking_pkey PRIMARY KEY (branch_id, unmasking_id)
    constraint unmasking_purpose_check CHECK (purpose = ANY (ARRAY['own-task'::text, 'customer-present'::text, 'complaint'::text, 'correction'::text, 'legal-request'::text]))
    INDEX unmasking_by_staff ON subscribers.unmasking USING btree (staff_id, day)
    policy by_the_system using (( SELECT people.is_system() AS is_system)) with check ()
    policy own using ((staff_id = ( SELECT people.ticket_holder() AS ticket_holder))) with check (((staff_id = ( SELECT people.ticket_holder() AS ticket_holder)) AND (branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[]))))
    TRIGGER append_only BEFORE DELETE OR UPDATE ON subscribers.unmasking FOR EACH ROW EXECUTE FUNCTION subscribers.keep_unmasking()
    grant insert, select to gridkeeper_app
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
table worklists.day_close  -- row level security, forced
    branch_id text not null
    day date not null
    unit_id text not null
    closed_at timestamp with time zone not null
    closed_by text not null
    planned integer not null
    done integer not null
    promised integer not null
    refused integer not null
    not_at_home integer not null
    otherwise integer not null
    carried integer not null
    given integer not null
    taken_back integer not null
    dropped integer not null
    orders integer not null
    constraint day_close_carried_check CHECK (carried >= 0)
    constraint day_close_check CHECK (planned = (done + promised + refused + not_at_home + otherwise + carried + given + taken_back + dropped))
    constraint day_close_done_check CHECK (done >= 0)
    constraint day_close_dropped_check CHECK (dropped >= 0)
    constraint day_close_given_check CHECK (given >= 0)
    constraint day_close_not_at_home_check CHECK (not_at_home >= 0)
    constraint day_close_orders_check CHECK (orders >= 0)
    constraint day_close_otherwise_check CHECK (otherwise >= 0)
    constraint day_close_pkey PRIMARY KEY (branch_id, day, unit_id)
    constraint day_close_promised_check CHECK (promised >= 0)
    constraint day_close_refused_check CHECK (refused >= 0)
    constraint day_close_taken_back_check CHECK (taken_back >= 0)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND ((unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (unit_id IN ( SELECT above.unit_id
   FROM people.units_above() above(unit_id, valid_from, valid_to, parent_id, kind, name, division_code, head_staff_id, recorded_at, recorded_by)))))) with check (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND (unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[]))))
    TRIGGER append_only BEFORE DELETE OR UPDATE ON worklists.day_close FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table worklists.day_close_task  -- row level security, forced
    branch_id text not null
    day date not null
    task_id text not null
    close_unit_id text not null
    subscriber_id text not null
    unit_id text not null
    assignee_unit_id text not null
    staff_id text not null
    outcome text not null
    to_staff text
    times integer
    reason text
    note text
    is_erased boolean not null default false
    constraint day_close_task_check CHECK ((outcome = 'given'::text) = (to_staff IS NOT NULL))
    constraint day_close_task_check1 CHECK ((outcome = ANY (ARRAY['carried'::text, 'given'::text])) = (times IS NOT NULL))
    constraint day_close_task_check2 CHECK ((outcome = 'dropped'::text) = (reason IS NOT NULL))
    constraint day_close_task_check3 CHECK (note IS NULL OR COALESCE(reason = 'other'::text, false))
    constraint day_close_task_outcome_check CHECK (outcome = ANY (ARRAY['done'::text, 'promised'::text, 'refused'::text, 'not_at_home'::text, 'otherwise'::text, 'carried'::text, 'given'::text, 'taken_back'::text, 'dropped'::text]))
    constraint day_close_task_pkey PRIMARY KEY (branch_id, day, task_id)
    constraint day_close_task_reason_check CHECK (reason = ANY (ARRAY['no-way'::text, 'weather'::text, 'staff-ill'::text, 'wrong-data'::text, 'other'::text, 'covered'::text, 'may-not-be-met'::text]))
    constraint day_close_task_times_check CHECK (times > 0)
    INDEX day_close_about ON worklists.day_close_task USING btree (branch_id, subscriber_id)
    INDEX day_close_of_task ON worklists.day_close_task USING btree (branch_id, task_id)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND ((unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (assignee_unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[]))))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON worklists.day_close_task FOR EACH ROW EXECUTE FUNCTION worklists.keep_account()
    grant insert, select to gridkeeper_app
table worklists.handover  -- row level security, forced
    branch_id text not null
    task_id text not null
    step integer not null
    unit_id text not null
    assignee_unit_id text not null
    from_staff text not null
    to_staff text
    why text not null
    handed_at timestamp with time zone not null default platform.unit_now()
    handed_by text not null
    constraint handover_check CHECK ((to_staff IS NULL) = (why = ANY (ARRAY['taken-back'::text, 'untouched'::text])))
    constraint handover_pkey PRIMARY KEY (branch_id, task_id, step)
    constraint handover_step_check CHECK (step > 0)
    constraint handover_why_check CHECK (why = ANY (ARRAY['reassigned'::text, 'taken-back'::text, 'untouched'::text, 'split'::text, 'carried'::text]))
    INDEX handover_by_former ON worklists.handover USING btree (branch_id, from_staff, task_id)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND ((unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (assignee_unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[]))))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON worklists.handover FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
CREATE OR REPLACE FUNCTION worklists.keep_account()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    if tg_op = 'UPDATE' and people.is_system() and new.note is null and new.is_erased
        and to_jsonb(new) - array['note', 'is_erased'] = to_jsonb(old) - array['note', 'is_erased'] then
        return new;
    end if;
    raise exception '% is append-only', tg_table_schema || '.' || tg_table_name
        using errcode = 'restrict_violation';
end
$function$
CREATE OR REPLACE FUNCTION worklists.keep_told()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
    erasable constant text[] := array['note', 'product', 'receipt', 'rival', 'latitude', 'longitude',
        'accuracy_m', 'positioned_at', 'is_erased'];
    told jsonb := to_jsonb(new);
begin
    if tg_op = 'UPDATE' and people.is_system() and told - erasable = to_jsonb(old) - erasable
        and coalesce(told ->> 'note', told ->> 'product', told ->> 'receipt', told ->> 'rival',
            told ->> 'latitude', told ->> 'longitude', told ->> 'accuracy_m',
            told ->> 'positioned_at') is null and new.is_erased then
        return new;
    end if;
    raise exception '% is append-only', tg_table_schema || '.' || tg_table_name
        using errcode = 'restrict_violation';
end
$function$
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
table worklists.rank_rules  -- row level security, forced
    branch_id text not null
    version integer not null
    show_rank text not null
    saved_at timestamp with time zone not null
    saved_by text not null
    constraint rank_rules_pkey PRIMARY KEY (branch_id, version)
    constraint rank_rules_show_rank_check CHECK (show_rank = ANY (ARRAY['none'::text, 'crew'::text, 'hall'::text]))
    constraint rank_rules_version_check CHECK (version > 0)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) OR (branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (branch_id IN ( SELECT above.unit_id
   FROM people.units_above() above(unit_id, valid_from, valid_to, parent_id, kind, name, division_code, head_staff_id, recorded_at, recorded_by))))) with check ((branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))
    TRIGGER append_only BEFORE DELETE OR UPDATE ON worklists.rank_rules FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
table worklists.result  -- row level security, forced
    branch_id text not null
    result_id uuid not null
    task_id text not null
    subscriber_id text not null
    unit_id text not null
    assignee_unit_id text not null
    staff_id text not null
    happened_at timestamp with time zone not null
    told_at timestamp with time zone
    device_at timestamp with time zone
    day date not null
    recorded_at timestamp with time zone not null default platform.unit_now()
    result text not null
    standing text not null
    done_what text
    product text
    amount_fen bigint
    receipt text
    promised_on date
    refused_scope text
    refused_until date
    try_again date
    wrong_field text
    rival text
    rival_fee_fen bigint
    rival_ends date
    handed_to text
    reason text
    note text
    started_at timestamp with time zone
    latitude double precision
    longitude double precision
    accuracy_m double precision
    positioned_at timestamp with time zone
    photos uuid[] not null
    answer jsonb not null
    is_erased boolean not null default false
    constraint result_amount_fen_check CHECK (amount_fen >= 0)
    constraint result_answer_check CHECK (jsonb_typeof(answer) = 'object'::text)
    constraint result_check CHECK ((result = 'done'::text) = (done_what IS NOT NULL))
    constraint result_check1 CHECK ((result = 'promised'::text) = (promised_on IS NOT NULL))
    constraint result_check2 CHECK ((result = 'refused'::text) = (refused_scope IS NOT NULL))
    constraint result_check4 CHECK ((result = 'handed_over'::text) = (handed_to IS NOT NULL))
    constraint result_check5 CHECK ((latitude IS NULL) = (longitude IS NULL))
    constraint result_done_what_check CHECK (done_what = ANY (ARRAY['renewal'::text, 'new'::text, 'box'::text, 'third_party'::text, 'payment'::text, 'other'::text]))
    constraint result_pkey PRIMARY KEY (branch_id, result_id)
    constraint result_reason_check CHECK (reason = ANY (ARRAY['price'::text, 'competitor'::text, 'moved'::text, 'away'::text, 'trouble'::text, 'unused'::text, 'deceased'::text, 'unknown'::text]))
    constraint result_refused_scope_check CHECK (refused_scope = ANY (ARRAY['offer'::text, 'channel'::text, 'all'::text]))
    constraint result_result_check CHECK (result = ANY (ARRAY['done'::text, 'promised'::text, 'refused'::text, 'not_at_home'::text, 'moved'::text, 'competitor'::text, 'wrong_data'::text, 'handed_over'::text]))
    constraint result_rival_check CHECK (
CASE
    WHEN result = 'competitor'::text THEN rival IS NOT NULL OR is_erased
    ELSE rival IS NULL
END)
    constraint result_rival_fee_fen_check CHECK (rival_fee_fen >= 0)
    constraint result_standing_check CHECK (standing = ANY (ARRAY['first'::text, 'beside'::text]))
    constraint result_wrong_field_check CHECK (wrong_field = ANY (ARRAY['name'::text, 'phone'::text, 'address'::text, 'other'::text]))
    INDEX result_by_staff ON worklists.result USING btree (branch_id, staff_id, day)
    INDEX result_by_subscriber ON worklists.result USING btree (branch_id, subscriber_id, happened_at DESC)
    INDEX result_by_task ON worklists.result USING btree (branch_id, task_id, recorded_at)
    INDEX result_of_day ON worklists.result USING btree (branch_id, day, staff_id)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND ((unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (assignee_unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[]))))) with check ()
    TRIGGER append_only BEFORE DELETE OR UPDATE ON worklists.result FOR EACH ROW EXECUTE FUNCTION worklists.keep_told()
    grant insert, select to gridkeeper_app
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
    plan_id text
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
    origin text not null default 'plan'::text
    kind text not null
    purpose text not null
    words_of text
    from_task text
    attempt integer not null default 1
    closed_by uuid
    closed_at timestamp with time zone
    closed_as text
    errand uuid
    constraint task_attempt_check CHECK (attempt > 0)
    constraint task_check CHECK (window_end > window_start)
    constraint task_closed_as_check CHECK (closed_as = ANY (ARRAY['done'::text, 'promised'::text, 'refused'::text, 'not_at_home'::text, 'moved'::text, 'competitor'::text, 'wrong_data'::text, 'handed_over'::text]))
    constraint task_closed_check CHECK ((closed_by IS NOT NULL) = (state = ANY (ARRAY['done'::text, 'promised'::text, 'refused'::text, 'ended'::text])) AND (closed_by IS NULL) = (closed_at IS NULL) AND (closed_by IS NULL) = (closed_as IS NULL))
    constraint task_errand_check CHECK (errand IS NULL OR origin = 'hand'::text)
    constraint task_from_check CHECK ((from_task IS NULL) = (origin <> 'follow-up'::text))
    constraint task_kind_check CHECK (kind = ANY (ARRAY['renewal_visit'::text, 'lapsed_sweep'::text, 'wake_up'::text, 'collection'::text, 'upgrade'::text, 'box_recovery'::text, 'competitor_survey'::text, 'event'::text, 'card_seeding'::text, 'group_joining'::text, 'coaching'::text]))
    constraint task_origin_check CHECK (origin = ANY (ARRAY['plan'::text, 'follow-up'::text, 'hand'::text]))
    constraint task_pkey PRIMARY KEY (branch_id, task_id)
    constraint task_plan_check CHECK ((plan_id IS NULL) = (origin <> 'plan'::text))
    constraint task_purpose_check CHECK (purpose = ANY (ARRAY['marketing'::text, 'renewal'::text, 'collection'::text, 'service'::text, 'survey'::text, 'retention'::text]))
    constraint task_reasons_check CHECK (jsonb_typeof(reasons) = 'array'::text)
    constraint task_state_check CHECK (state = ANY (ARRAY['open'::text, 'done'::text, 'promised'::text, 'refused'::text, 'ended'::text, 'taken_back'::text, 'withdrawn'::text]))
    constraint task_touchpoint_check CHECK (touchpoint = ANY (ARRAY['door'::text, 'installer'::text, 'hall'::text, 'call_out'::text]))
    constraint task_visit_order_check CHECK (visit_order >= 0)
    constraint task_words_check CHECK (origin <> 'plan'::text OR words_of IS NOT NULL)
    INDEX task_beside_plans ON worklists.task USING btree (branch_id, day, assignee_id) WHERE (plan_id IS NULL)
    INDEX task_by_assignee ON worklists.task USING btree (branch_id, plan_id, assignee_id, visit_order)
    INDEX task_by_subscriber ON worklists.task USING btree (branch_id, subscriber_id, day)
    INDEX task_closed ON worklists.task USING btree (branch_id, day) WHERE (closed_by IS NOT NULL)
    INDEX task_held ON worklists.task USING btree (branch_id, household_id, day) WHERE ((plan_id IS NULL) AND (state = 'open'::text))
    INDEX task_of_errand ON worklists.task USING btree (branch_id, errand) WHERE (errand IS NOT NULL)
    INDEX task_open_by_day ON worklists.task USING btree (branch_id, day) WHERE (state = 'open'::text)
    UNIQUE INDEX one_a_touchpoint ON worklists.task USING btree (branch_id, plan_id, household_id, touchpoint)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) AND ((unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (assignee_unit_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[]))))) with check ()
    grant insert, select, update to gridkeeper_app
table worklists.task_rules  -- row level security, forced
    branch_id text not null
    version integer not null
    attempts integer not null
    take_back boolean not null
    take_back_days integer not null
    saved_at timestamp with time zone not null
    saved_by text not null
    constraint task_rules_attempts_check CHECK (attempts >= 1 AND attempts <= 9)
    constraint task_rules_pkey PRIMARY KEY (branch_id, version)
    constraint task_rules_take_back_days_check CHECK (take_back_days >= 1 AND take_back_days <= 60)
    constraint task_rules_version_check CHECK (version > 0)
    policy in_scope using (((branch_id = ANY (( SELECT people.branches_in_scope() AS branches_in_scope)::text[])) OR (branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])) OR (branch_id IN ( SELECT above.unit_id
   FROM people.units_above() above(unit_id, valid_from, valid_to, parent_id, kind, name, division_code, head_staff_id, recorded_at, recorded_by))))) with check ((branch_id = ANY (( SELECT people.units_in_scope() AS units_in_scope)::text[])))
    TRIGGER append_only BEFORE DELETE OR UPDATE ON worklists.task_rules FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()
    grant insert, select to gridkeeper_app
