-- Whoever leads a person today sees the phones and wipes them: from the day of a transfer on that is
-- the new unit, whether the phone was seen since or not.
drop policy in_scope on field.device;
drop policy in_scope_to_wipe on field.device;
create policy in_scope on field.device for select
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and exists (select from people.staff as posted
             where posted.staff_id = device.staff_id
               and posted.unit_id = any ((select people.units_in_scope())::text[])
               and posted.valid_from <= (select people.today())
               and (posted.valid_to is null or (select people.today()) < posted.valid_to)));
create policy in_scope_to_wipe on field.device for update
    using (branch_id = any ((select people.branches_in_scope())::text[])
        and exists (select from people.staff as posted
             where posted.staff_id = device.staff_id
               and posted.unit_id = any ((select people.units_in_scope())::text[])
               and posted.valid_from <= (select people.today())
               and (posted.valid_to is null or (select people.today()) < posted.valid_to)));
