-- Rules of plans: a city or a province settles them too, for all below it, who see what holds for them.
-- `branch_id` is the unit that settles.
drop policy in_scope on worklists.rules;
create policy in_scope on worklists.rules
    using (branch_id = any ((select people.branches_in_scope())::text[])
        or branch_id = any ((select people.units_in_scope())::text[])
        or branch_id in (select above.unit_id from people.units_above() as above))
    with check (branch_id = any ((select people.units_in_scope())::text[]));
