-- Units, people and places, each in versions that hold from a day on: half-open [valid_from,
-- valid_to), in the branch's zone. A version is ended or corrected, never deleted. Below the tables
-- stands who sees what: a ticket, made at sign-in, is turned into units here and nowhere else.
-- All tables are small and read everywhere; on Citus they are reference tables.
create schema people;
grant usage on schema people to gridkeeper_app;

create table people.unit (
    unit_id       text        not null check (unit_id <> ''),
    valid_from    date        not null,
    valid_to      date                 check (valid_to >= valid_from),  -- equal: it never came to hold
    parent_id     text                 check (parent_id <> unit_id),
    kind          text        not null check (kind in ('province', 'city', 'branch', 'zone', 'hall', 'grid')),
    name          text        not null check (name <> ''),
    division_code text,
    head_staff_id text,
    recorded_at   timestamptz not null,
    recorded_by   text        not null,
    -- Also serves: which version of a unit stands on a day?
    primary key (unit_id, valid_from)
);
-- What belongs to this unit?
create index unit_by_parent on people.unit (parent_id);

create table people.staff (
    staff_id         text        not null check (staff_id <> ''),
    valid_from       date        not null,
    valid_to         date                 check (valid_to >= valid_from),
    unit_id          text        not null,
    name             text        not null check (name <> ''),
    phone            text,
    roles            text[]      not null check (cardinality(roles) > 0),
    skills           text[]      not null,
    capacity_door    integer     not null check (capacity_door >= 0),     -- tasks per working day
    capacity_call    integer     not null check (capacity_call >= 0),
    capacity_hall    integer     not null check (capacity_hall >= 0),
    capacity_install integer     not null check (capacity_install >= 0),
    days             text        not null check (days ~ '^1?2?3?4?5?6?7?$'),  -- Monday is 1
    agency           text,
    recorded_at      timestamptz not null,
    recorded_by      text        not null,
    -- Also serves: where is this person posted today?
    primary key (staff_id, valid_from)
);
-- Who belongs to this unit?
create index staff_by_unit on people.staff (unit_id);

create table people.place (
    branch_id     text        not null,
    division_code text        not null check (division_code <> ''),  -- GB/T 2260, buildings behind a dash
    valid_from    date        not null,
    valid_to      date                 check (valid_to >= valid_from),
    name          text        not null check (name <> ''),
    kind          text        not null check (kind in ('town', 'village', 'community', 'compound', 'building')),
    unit_id       text        not null,  -- its grid; the branch while nobody owns it
    recorded_at   timestamptz not null,
    recorded_by   text        not null,
    primary key (branch_id, division_code, valid_from)
);
-- Which places belong to this grid?
create index place_by_unit on people.place (unit_id);

create table people.ticket (
    ticket     uuid        primary key,
    kind       text        not null check (kind in ('person', 'system')),
    staff_id   text        check ((staff_id is not null) = (kind = 'person')),
    opened_at  timestamptz not null,
    expires_at timestamptz check (expires_at is not null or kind = 'system')
);
-- Which tickets does this person hold?
create index ticket_by_staff on people.ticket (staff_id);

-- The day of the unit of work. All branches keep one zone.
create function people.today() returns date
    language sql stable parallel safe
    set search_path = pg_catalog, pg_temp
    return (nullif(current_setting('app.now', true), '')::timestamptz at time zone 'Asia/Shanghai')::date;

create function people.is_system() returns boolean
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return exists (
        select from people.ticket
         where ticket = nullif(current_setting('app.ticket', true), '')::uuid and kind = 'system');
end $$;

-- Who holds the ticket; null for the system and for a ticket that is unknown or has expired.
create function people.ticket_holder() returns text
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select staff_id from people.ticket
         where ticket = nullif(current_setting('app.ticket', true), '')::uuid
           and expires_at > nullif(current_setting('app.now', true), '')::timestamptz);
end $$;

-- The units that the holder belongs to on the day itself.
create function people.posts() returns text[]
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return array(
        select unit_id from people.staff
         where staff_id = people.ticket_holder()
           and valid_from <= people.today() and (valid_to is null or people.today() < valid_to)
         order by unit_id);
end $$;

-- The roles of the holder on the day itself.
create function people.roles_held() returns text[]
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return array(
        select distinct unnest(roles) from people.staff
         where staff_id = people.ticket_holder()
           and valid_from <= people.today() and (valid_to is null or people.today() < valid_to));
end $$;

-- Whether the holder may change the organisation of what is in scope: the roles that allow it.
create function people.may_organise() returns boolean
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return people.is_system() or people.roles_held() && array['administrator', 'branch_manager'];
end $$;

-- From which day on the version stands that tells the parent of a unit on `day`: the last that has
-- begun, though it may have ended, so that the history of a closed unit stays with its last parent;
-- else the first to come. A version that never came to hold tells nothing while there is another.
create function people.standing_from(unit_id text, day date) returns date
    language sql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
    return coalesce(
        (select max(unit.valid_from) from people.unit
          where unit.unit_id = standing_from.unit_id and unit.valid_from <= day
            and (unit.valid_to is null or unit.valid_to > unit.valid_from)),
        (select min(unit.valid_from) from people.unit
          where unit.unit_id = standing_from.unit_id
            and (unit.valid_to is null or unit.valid_to > unit.valid_from)),
        (select min(unit.valid_from) from people.unit where unit.unit_id = standing_from.unit_id));

-- The units in scope: of a person those of the own posts and all below; of the system all.
create function people.units_in_scope() returns text[]
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
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
end $$;

-- The unit itself and all above it, lowest first, as the tree stands on the day.
create function people.climb(start text) returns setof people.unit
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
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
end $$;

-- The branches in scope: those in the subtree, and the one that a post belongs to.
create function people.branches_in_scope() returns text[]
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
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
end $$;

-- The units above the own posts: the path one can climb, with nothing inside it.
create function people.units_above() returns setof people.unit
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query
        select distinct above.*
          from unnest(people.posts()) as post (unit_id), people.climb(post.unit_id) as above
         where not above.unit_id = any (people.units_in_scope());
end $$;

-- The path of a unit in scope, itself first and the province last; nothing for any other unit.
create function people.path_of(unit_id text) returns setof people.unit
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    if path_of.unit_id = any (people.units_in_scope()) then
        return query select above.* from people.climb(path_of.unit_id) as above;
    end if;
end $$;

-- Whether a unit, or a person, that is not in scope already bears the id: who writes may not take it.
create function people.is_foreign_unit(unit_id text) returns boolean
    language plpgsql stable security definer parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    return not is_foreign_unit.unit_id = any (people.units_in_scope())
       and exists (select from people.unit where unit.unit_id = is_foreign_unit.unit_id);
end $$;

create function people.is_foreign_staff(staff_id text) returns boolean
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
           and not staff.unit_id = any (people.units_in_scope()));
end $$;

revoke all on all functions in schema people from public;
grant execute on function
    people.today, people.is_system, people.ticket_holder, people.units_in_scope,
    people.branches_in_scope, people.units_above, people.path_of, people.is_foreign_unit,
    people.is_foreign_staff, people.may_organise
    to gridkeeper_app;

-- Forced, so that the owner obeys as well; the functions above run as the owner and need to see.
alter table people.unit enable row level security, force row level security;
alter table people.staff enable row level security, force row level security;
alter table people.place enable row level security, force row level security;
alter table people.ticket enable row level security, force row level security;
create policy owner_resolves on people.unit to current_user using (true);
create policy owner_resolves on people.staff to current_user using (true);
create policy owner_resolves on people.place to current_user using (true);
create policy owner_resolves on people.ticket to current_user using (true);

create policy read_in_scope on people.unit for select to gridkeeper_app
    using (unit_id = any ((select people.units_in_scope())::text[]));
create policy change_in_scope on people.unit for update to gridkeeper_app
    using (
        (select people.may_organise())
        and unit_id = any ((select people.units_in_scope())::text[]));
create policy add_in_scope on people.unit for insert to gridkeeper_app
    with check (
        (select people.is_system())
        or ((select people.may_organise())
            and (unit_id = any ((select people.units_in_scope())::text[])
                or (parent_id = any ((select people.units_in_scope())::text[])
                    and not people.is_foreign_unit(unit_id)))));

create policy read_in_scope on people.staff for select to gridkeeper_app
    using (unit_id = any ((select people.units_in_scope())::text[]));
create policy change_in_scope on people.staff for update to gridkeeper_app
    using (
        (select people.may_organise())
        and unit_id = any ((select people.units_in_scope())::text[]));
create policy add_in_scope on people.staff for insert to gridkeeper_app
    with check (
        (select people.may_organise())
        and unit_id = any ((select people.units_in_scope())::text[])
        and not people.is_foreign_staff(staff_id));

-- The names of towns are everybody's in the branch; what lies in them is the grid's.
create policy read_in_scope on people.place for select to gridkeeper_app
    using (
        branch_id = any ((select people.branches_in_scope())::text[])
        and (kind = 'town' or unit_id = any ((select people.units_in_scope())::text[])));
create policy change_in_scope on people.place for update to gridkeeper_app
    using (
        (select people.may_organise())
        and branch_id = any ((select people.branches_in_scope())::text[])
        and unit_id = any ((select people.units_in_scope())::text[]));
create policy add_in_scope on people.place for insert to gridkeeper_app
    with check (
        (select people.may_organise())
        and branch_id = any ((select people.branches_in_scope())::text[])
        and unit_id = any ((select people.units_in_scope())::text[]));

create policy by_the_system on people.ticket to gridkeeper_app
    using ((select people.is_system()));

grant select, insert, update on people.unit, people.staff, people.place to gridkeeper_app;
grant select, insert, delete on people.ticket to gridkeeper_app;
