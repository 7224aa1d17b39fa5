-- Posts beside the main one, which stands in people.staff and carries capacity. A role counts in the
-- unit of the post that gives it and below, nowhere else: whatever asked “may the holder, and is it in
-- scope” asks for both of one post from here on. A post begins and ends; what it says never changes.
create table people.post (
    staff_id    text        not null,
    post_no     integer     not null check (post_no between 1 and 1000),
    unit_id     text        not null,
    roles       text[]      not null check (cardinality(roles) > 0),
    valid_from  date        not null,
    valid_to    date                 check (valid_to >= valid_from),  -- equal: it never came to hold
    recorded_at timestamptz not null,
    recorded_by text        not null,
    primary key (staff_id, post_no)
);
-- Who holds a post in this unit?
create index post_by_unit on people.post (unit_id);

-- The posts of a person on the day: the main one, and those beside it while the main one holds.
create function people.posts_of(staff_id text) returns table (unit_id text, roles text[])
    language sql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
begin atomic
    select main.unit_id, main.roles from people.staff as main
     where main.staff_id = posts_of.staff_id and main.valid_from <= people.today()
       and (main.valid_to is null or people.today() < main.valid_to)
    union all
    select beside.unit_id, beside.roles from people.post as beside
     where beside.staff_id = posts_of.staff_id and beside.valid_from <= people.today()
       and (beside.valid_to is null or people.today() < beside.valid_to)
       and exists (
           select from people.staff as main
            where main.staff_id = posts_of.staff_id and main.valid_from <= people.today()
              and (main.valid_to is null or people.today() < main.valid_to));
end;

-- The units that the holder belongs to: a person by the posts of the day, a service token, of which a
-- later migration tells, by its one unit.
create or replace function people.posts() returns text[]
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return array(
        select post.unit_id from people.posts_of(people.ticket_holder()) as post
        union
        select token.unit_id from people.service_token as token
         where token.token_id = people.token_holding()
         order by unit_id);
end $$;

-- All roles of the holder, wherever they count: only to say what cannot be allowed at all.
create or replace function people.roles_held() returns text[]
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return array(
        select distinct unnest(post.roles) from people.posts_of(people.ticket_holder()) as post);
end $$;

-- The units and all below them, as the tree stands on the day.
create function people.reach(starts text[]) returns text[]
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
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
end $$;

create or replace function people.units_in_scope() returns text[]
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    if people.is_system() then
        return array(select distinct unit_id from people.unit order by unit_id);
    end if;
    return people.reach(people.posts());
end $$;

-- The units in which a role of these counts for the holder; for the system all.
create function people.units_of_roles(roles text[]) returns text[]
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    if people.is_system() then
        return array(select distinct unit_id from people.unit order by unit_id);
    end if;
    return people.reach(array(
        select post.unit_id from people.posts_of(people.ticket_holder()) as post
         where post.roles && units_of_roles.roles));
end $$;

-- The units that the holder organises: see the roles that allow it.
create function people.units_organised() returns text[]
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return people.units_of_roles(array['administrator', 'branch_manager']);
end $$;

-- The roles of the holder that count in a unit: those of posts in it and above.
create function people.roles_at(unit_id text) returns text[]
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return array(
        select distinct unnest(post.roles) as role
          from people.climb(roles_at.unit_id) as above
          join people.posts_of(people.ticket_holder()) as post on post.unit_id = above.unit_id
         order by role);
end $$;

-- Whether a unit, or a person, exists that the holder does not organise: nobody writes over them.
create or replace function people.is_foreign_unit(unit_id text) returns boolean
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return not is_foreign_unit.unit_id = any (people.units_organised())
       and exists (select from people.unit where unit.unit_id = is_foreign_unit.unit_id);
end $$;

create or replace function people.is_foreign_staff(staff_id text) returns boolean
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return exists (
        select from people.staff
         where staff.staff_id = is_foreign_staff.staff_id
           and staff.valid_from = (
               select max(latest.valid_from) from people.staff as latest
                where latest.staff_id = is_foreign_staff.staff_id)
           and not staff.unit_id = any (people.units_organised()));
end $$;

-- Whether all posts of a person, on the day and later, lie where a role of these counts for the holder.
create function people.is_managed(staff_id text, roles text[]) returns boolean
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
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
end $$;

-- Whether the holder may give this person a password, take off a lock, and take away a second factor.
create function people.may_help(staff_id text) returns boolean
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return people.is_system() or people.is_managed(may_help.staff_id, array['administrator']);
end $$;

-- Units and roles of a person on the day, for the system: a session ends when they are others.
create function people.post_mark(staff_id text) returns text
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not people.is_system() then
        return null;
    end if;
    return (
        select string_agg(told.post, ',' order by told.post)
          from (select post.unit_id || ' ' || array_to_string(
                           array(select unnest(post.roles) order by 1), ' ') as post
                  from people.posts_of(post_mark.staff_id) as post) as told);
end $$;

-- All roles of a person on the day, for the system.
create function people.roles_of(staff_id text) returns text[]
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not people.is_system() then
        return null;
    end if;
    return array(
        select distinct unnest(post.roles) as role from people.posts_of(roles_of.staff_id) as post
         order by role);
end $$;

-- The number of the next post of a person, whoever sees the others.
create function people.next_post_no(staff_id text) returns integer
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
    return (
        select coalesce(max(post.post_no), 0) + 1 from people.post
         where post.staff_id = next_post_no.staff_id);

-- Whether the holder audits what belongs to no branch: from a post at the top of the tree.
create function people.audits_the_rest() returns boolean
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return people.is_system() or exists (
        select from people.posts_of(people.ticket_holder()) as post
          join people.unit on unit.unit_id = post.unit_id and unit.parent_id is null
         where 'auditor' = any (post.roles)
           and unit.valid_from = people.standing_from(unit.unit_id, people.today()));
end $$;

revoke all on all functions in schema people from public;
grant execute on function
    people.units_of_roles, people.units_organised, people.roles_at, people.roles_of,
    people.is_managed, people.next_post_no, people.post_mark,
    people.audits_the_rest
    to gridkeeper_app;

drop policy change_in_scope on people.unit;
drop policy add_in_scope on people.unit;
create policy change_organised on people.unit for update to gridkeeper_app
    using (unit_id = any ((select people.units_organised())::text[]));
create policy add_organised on people.unit for insert to gridkeeper_app
    with check (
        (select people.is_system())
        or unit_id = any ((select people.units_organised())::text[])
        or (parent_id = any ((select people.units_organised())::text[])
            and not people.is_foreign_unit(unit_id)));

-- Who watches over the others, and who sets their passwords, is appointed by an administrator.
drop policy change_in_scope on people.staff;
drop policy add_in_scope on people.staff;
create policy change_organised on people.staff for update to gridkeeper_app
    using (
        unit_id = any ((select people.units_organised())::text[])
        and (not roles && array['administrator', 'auditor']
            or unit_id = any ((select people.units_of_roles(array['administrator']))::text[])));
create policy add_organised on people.staff for insert to gridkeeper_app
    with check (
        unit_id = any ((select people.units_organised())::text[])
        and (not roles && array['administrator', 'auditor']
            or unit_id = any ((select people.units_of_roles(array['administrator']))::text[]))
        and not people.is_foreign_staff(staff_id));

drop policy change_in_scope on people.place;
drop policy add_in_scope on people.place;
create policy change_organised on people.place for update to gridkeeper_app
    using (
        branch_id = any ((select people.branches_in_scope())::text[])
        and unit_id = any ((select people.units_organised())::text[]));
create policy add_organised on people.place for insert to gridkeeper_app
    with check (
        branch_id = any ((select people.branches_in_scope())::text[])
        and unit_id = any ((select people.units_organised())::text[]));

drop policy by_who_organises on people.account;
create policy add_organised on people.account for insert to gridkeeper_app
    with check ((select people.is_system())
        or (select people.may_organise()) and not people.is_foreign_staff(staff_id));
create policy change_organised on people.account for update to gridkeeper_app
    using ((select people.is_system())
        or (select people.may_organise()) and not people.is_foreign_staff(staff_id));
create policy remove_organised on people.account for delete to gridkeeper_app
    using ((select people.is_system())
        or (select people.may_organise()) and not people.is_foreign_staff(staff_id));

alter table people.post enable row level security, force row level security;
create policy owner_resolves on people.post to current_user using (true);
create policy read_in_scope on people.post for select to gridkeeper_app
    using (
        unit_id = any ((select people.units_in_scope())::text[])
        or staff_id = (select people.ticket_holder()));
create policy change_organised on people.post for update to gridkeeper_app
    using (
        unit_id = any ((select people.units_organised())::text[])
        and (not roles && array['administrator', 'auditor']
            or unit_id = any ((select people.units_of_roles(array['administrator']))::text[])));
create policy add_organised on people.post for insert to gridkeeper_app
    with check (
        unit_id = any ((select people.units_organised())::text[])
        and (not roles && array['administrator', 'auditor']
            or unit_id = any ((select people.units_of_roles(array['administrator']))::text[]))
        and not people.is_foreign_staff(staff_id));
grant select, insert, update (valid_to, recorded_at, recorded_by) on people.post to gridkeeper_app;
