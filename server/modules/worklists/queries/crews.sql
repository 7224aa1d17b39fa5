-- Question: which number has each unit in the assignment?
-- Grain:    one row per unit of the branch.
-- Params:   $crews JSON array of unit ids, in order of number; $branch takes what is in none of them
create or replace table work.crew as
with listed as (
    select from_json($crews, '["VARCHAR"]') as units
),
numbered as (
    select unnest(units) as unit_id, (generate_subscripts(units, 1) - 1)::integer as crew
    from listed
),
final as (
    select unit_id, crew, unit_id = $branch as is_branch
    from numbered
)
select * from final
