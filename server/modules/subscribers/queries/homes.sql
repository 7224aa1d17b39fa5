-- Question: where does each accepted subscriber live?
-- Grain:    one row per accepted row.
-- Reads:    work.spelt, work.known_stem, work.building, work.place, work.unit, work.about
create or replace table work.home as
with placed as not materialized (
    select spelt.row_no, spelt.home, spelt.has_building, spelt.grid_code,
        spelt.has_building or spelt.unit_digits is not null as in_building,
        spelt.first_number, spelt.last_number, spelt.middle_number, spelt.unit_digits, spelt.room_digits,
        coalesce(known.compound, spelt.stem) as compound,
        known.compound || spelt.first_number as building_called,
        known.town_code as known_town, known.settlement_code,
        delivered.division_code as delivered_place, delivered.town_code as delivered_town
    from work.spelt
    left join work.known_stem as known on known.stem = spelt.stem
    left join work.place as delivered on delivered.division_code = spelt.division_code
),
found as not materialized (
    select placed.*,
        coalesce(placed.delivered_place, building.building_code, placed.settlement_code, placed.known_town) as place_code,
        coalesce(placed.delivered_town, placed.known_town) as town_code
    from placed
    left join work.building
        on building.town_code = placed.known_town and building.called = placed.building_called
)
select found.row_no, (select about.data_date from work.about) as today, found.home, found.place_code, found.town_code,
    coalesce(owner.grid_id, home_unit.unit_id, (select about.branch_id from work.about)) as unit_id,
    case when found.has_building then found.compound || found.first_number || '号楼' end as building,
    coalesce(found.unit_digits, case when found.has_building then found.middle_number end) as unit_no,
    case when found.in_building then try_cast(found.room_digits as integer) // 100 end as floor,
    case when found.in_building then found.room_digits else found.last_number end as room,
    try_cast(left(found.first_number, 6) as integer) as door_order
from found
left join work.place as owner
    on owner.division_code = found.place_code and owner.grid_id <> (select about.branch_id from work.about)
left join work.unit as home_unit on home_unit.unit_id = found.grid_code
