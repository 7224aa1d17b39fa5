-- Whoever leads a person sees the phones and wipes them; the half of a key, the name and when a phone
-- was seen are written by its person, or by the system, alone.
drop policy in_scope on field.device;
create policy in_scope on field.device for select
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and unit_id = any ((select people.units_in_scope())::text[]));
create policy in_scope_to_wipe on field.device for update
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and unit_id = any ((select people.units_in_scope())::text[]));

create function field.keep_device() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if people.is_system() or old.staff_id = people.ticket_holder()
        or to_jsonb(new) - array['wiped_at', 'wiped_by', 'wipe_told_at']
            = to_jsonb(old) - array['wiped_at', 'wiped_by', 'wipe_told_at'] then
        return new;
    end if;
    raise exception 'a phone of somebody else is wiped, and not changed' using errcode = 'restrict_violation';
end
$$;
create trigger only_wiped_by_others before update on field.device
    for each row execute function field.keep_device();

-- Who it is on which phone, and since when, nobody rewrites.
revoke update on field.device from gridkeeper_app;
grant update (unit_id, name, seen_at, half, half_expires_at, wiped_at, wiped_by, wipe_told_at)
    on field.device to gridkeeper_app;
