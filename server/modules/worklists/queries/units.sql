-- Question: which units does the branch have on the day, itself among them?
-- Grain:    one row per unit.
-- Reads:    published.units
-- Params:   $branch
select units.unit_id as "unitId", units.parent_id as "parentId", units.kind, units.name
from published.units as units
where units.branch_id = $branch and units.kind not in ('province', 'city')
order by units.unit_id
