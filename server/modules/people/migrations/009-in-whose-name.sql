-- Work that the system does in somebody’s name, such as the import of a file that a person ordered:
-- what that person may do is asked by id, and answered to the system alone.

-- The units in which a role of these counts for a person.
create function people.units_of_roles_of(staff_id text, roles text[]) returns text[]
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not people.is_system() then
        return array[]::text[];
    end if;
    return people.reach(array(
        select post.unit_id from people.posts_of(units_of_roles_of.staff_id) as post
         where post.roles && units_of_roles_of.roles));
end $$;

-- The roles of a person that count in a unit: those of posts in it and above.
create function people.roles_of_at(staff_id text, unit_id text) returns text[]
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not people.is_system() then
        return array[]::text[];
    end if;
    return array(
        select distinct unnest(post.roles) as role
          from people.climb(roles_of_at.unit_id) as above
          join people.posts_of(roles_of_at.staff_id) as post on post.unit_id = above.unit_id
         order by role);
end $$;

revoke all on function people.units_of_roles_of, people.roles_of_at from public;
grant execute on function people.units_of_roles_of, people.roles_of_at to gridkeeper_app;

-- A way to sign in is given and taken where all posts of the person, now and later, are the giver’s
-- to organise: with the account of somebody who is posted elsewhere as well goes what is done there.
drop policy add_organised on people.account;
drop policy change_organised on people.account;
drop policy remove_organised on people.account;
create policy add_managed on people.account for insert to gridkeeper_app
    with check ((select people.is_system())
        or people.is_managed(staff_id, array['administrator', 'branch_manager']));
create policy change_managed on people.account for update to gridkeeper_app
    using ((select people.is_system())
        or people.is_managed(staff_id, array['administrator', 'branch_manager']));
create policy remove_managed on people.account for delete to gridkeeper_app
    using ((select people.is_system())
        or people.is_managed(staff_id, array['administrator', 'branch_manager']));
