-- Who may read the audit trail: auditors, of the branches in scope; what belongs to no branch only
-- from the top of the tree.
create function people.may_audit(everywhere boolean) returns boolean
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return people.is_system()
        or coalesce('auditor' = any (people.roles_held()), false)
           and (not may_audit.everywhere or exists (
               select from people.unit
                where unit.unit_id = any (people.posts()) and unit.parent_id is null
                  and unit.valid_from = people.standing_from(unit.unit_id, people.today())));
end $$;
revoke all on function people.may_audit from public;
grant execute on function people.may_audit to gridkeeper_app;
