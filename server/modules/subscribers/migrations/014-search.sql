-- A search finds nothing that the list does not show: else whoever asks often enough learns the rest.

-- How much of an address the list shows, up to the building, else to the place: as `shownOf` in
-- cards/mask.ts. One expression without a setting, so that it becomes part of the question.
create function subscribers.shown_of(address text) returns text
    language sql immutable parallel safe
as $$
    select coalesce(
        regexp_replace(
            substring(address from '^(.*?[0-9０-９〇一二三四五六七八九十百](?:号楼|栋|幢|座)).'),
            '^.*[0-9][\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]*(?:室|单元).*$', ''),
        case when address ~ '[0-9０-９]' then substring(address from '^[^0-9０-９]*')
            when length(address) > 6 then left(address, -4)
            else '' end)
$$;
revoke all on function subscribers.shown_of from public;
grant execute on function subscribers.shown_of to gridkeeper_app;

-- A whole number that somebody looked for and nobody has: so many a day, and no more are looked for.
create table subscribers.number_miss (
    branch_id text        not null,
    staff_id  text        not null,   -- or the service token
    day       date        not null,
    nth       integer     not null check (nth > 0),    -- of the day, in whichever branch
    at        timestamptz not null,
    primary key (branch_id, staff_id, day, nth)
);
-- How many today?
create index number_miss_by_staff on subscribers.number_miss (staff_id, day);
create trigger append_only before update or delete on subscribers.number_miss
    for each statement execute function platform.refuse_change();
alter table subscribers.number_miss enable row level security, force row level security;
create policy own on subscribers.number_miss
    using (staff_id = (select people.acting()))
    with check (staff_id = (select people.acting())
        and branch_id = any ((select people.branches_in_scope())::text[]));
grant select, insert on subscribers.number_miss to gridkeeper_app;
