-- Question: which characters, and which beginnings, do names that are sealed now have?
-- Grain:    one row per character ('letter') and per first one or two characters ('surname').
-- Reads:    work.fresh
with names as (
    select distinct fresh.called from work.fresh where fresh.called is not null
),
final as (
    select distinct 'letter' as kind, unnest(string_split(names.called, '')) as part from names
    union all
    select distinct 'surname' as kind, left(names.called, 1) as part from names
    union all
    select distinct 'surname' as kind, left(names.called, 2) as part from names where length(names.called) > 2
)
select final.kind, final.part from final where final.part <> ''
