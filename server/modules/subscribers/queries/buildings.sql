-- Question: which buildings can be told by town and name: 翠屏花园3(号楼)?
-- Grain:    one row per town and name; a name that stands twice in a town finds neither.
-- Reads:    work.place
create or replace table work.building as
select place.town_code, regexp_replace(place.name, '(?:号楼|栋|幢|座|#楼|#)$', '') as called,
    min(place.division_code) as building_code
from work.place
where place.kind = 'building'
group by all
having count(*) = 1
