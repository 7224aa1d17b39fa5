-- Re-zonings: all steps that take effect together on a day, with the versions of the units that they
-- touched as they stood before and after, so that they can be undone until then.
create table people.rezoning (
    branch_id   text        not null,
    rezoning_id uuid        not null,
    valid_from  date        not null,
    moves       jsonb       not null check (jsonb_typeof(moves) = 'array'),
    before      jsonb       not null check (jsonb_typeof(before) = 'array'),
    after       jsonb       not null check (jsonb_typeof(after) = 'array'),
    made_at     timestamptz not null,
    made_by     text        not null,
    undone_at   timestamptz,
    undone_by   text,
    primary key (branch_id, rezoning_id),
    check ((undone_at is null) = (undone_by is null))
);
-- Which re-zonings has this branch had?
create index rezoning_by_day on people.rezoning (branch_id, valid_from);

-- Read by whoever has the whole branch in scope, written by who organises it.
alter table people.rezoning enable row level security, force row level security;
create policy read_in_scope on people.rezoning for select to gridkeeper_app
    using (branch_id = any ((select people.units_in_scope())::text[]));
create policy add_organised on people.rezoning for insert to gridkeeper_app
    with check (branch_id = any ((select people.units_organised())::text[]));
create policy change_organised on people.rezoning for update to gridkeeper_app
    using (branch_id = any ((select people.units_organised())::text[]));
grant select, insert, update (undone_at, undone_by) on people.rezoning to gridkeeper_app;
