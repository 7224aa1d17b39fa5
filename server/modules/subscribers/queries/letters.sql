-- Question: which characters, and which beginnings, do the names of those who moved have?
-- Grain:    one row per character ('letter') and per first one or two characters ('surname').
-- Reads:    work.moved, work.later (a snapshot)
with names as (
    select distinct left(coalesce(later.customer_name, later.contact_name), 8) as called
    from work.later semi join work.moved on moved.subscriber_id = later.subscriber_id and moved.fate <> 'gone'
),
final as (
    select distinct 'letter' as kind, unnest(string_split(names.called, '')) as part from names
    union all
    select distinct 'surname' as kind, left(names.called, 1) as part from names
    union all
    select distinct 'surname' as kind, left(names.called, 2) as part from names where length(names.called) > 2
)
select final.kind, final.part from final where final.part <> ''
