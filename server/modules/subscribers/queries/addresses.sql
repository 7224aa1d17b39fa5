-- Question: what does an address say: which place of the branch, which building and door, which home?
-- Grain:    one row per distinct address of work.address_in (address).
-- Reads:    work.address_in; work.place (division_code, name, kind, town_code): the branch on the day
-- Params:   $branch
-- A village is looked for inside its town only: names such as 东庄 stand in many towns.
create or replace table work.address as
with written as (
    select distinct address_in.address,
        regexp_replace(
            translate(address_in.address, '０１２３４５６７８９（）＃ 　', '0123456789()#'),
            '^(?:[^省市县区镇乡村街道]{2,7}(?:省|自治区))?(?:[^省市县区镇乡村街道]{1,6}市)?(?:[^省市县区镇乡村街道]{1,6}[市县区])?', ''
        ) as local
    from work.address_in
    where address_in.address is not null
),
parted as (
    select written.address, written.local,
        regexp_extract(written.local, '^[^0-9]*') as stem,
        regexp_extract_all(written.local, '[0-9]+') as numbers,
        regexp_extract(written.local, '[0-9][号室房户栋幢座楼]*([^0-9]*)$', 1) as ending
    from written
),
stems as (
    select distinct parted.stem from parted where parted.stem <> ''
),
in_town as (
    select stems.stem, town.division_code as town_code,
        substr(stems.stem, strpos(stems.stem, town.name) + length(town.name)) as after_town
    from stems inner join work.place as town on town.kind = 'town' and contains(stems.stem, town.name)
    qualify row_number() over (
        partition by stems.stem order by strpos(stems.stem, town.name), length(town.name) desc, town.division_code
    ) = 1
),
spoken as (
    select place.division_code, place.town_code, place.kind,
        regexp_replace(place.name, '(?:村民委员会|村委会|居民委员会|居委会)$', '') as called
    from work.place
    where place.kind in ('village', 'community', 'compound')
),
settled as (
    select in_town.stem, spoken.division_code as settlement_code,
        substr(in_town.after_town, length(spoken.called) + 1) as compound
    from in_town inner join spoken
        on spoken.town_code = in_town.town_code and spoken.called <> ''
        and starts_with(in_town.after_town, spoken.called)
    qualify row_number() over (
        partition by in_town.stem order by length(spoken.called) desc, spoken.division_code
    ) = 1
),
known as (
    select in_town.stem, in_town.town_code, settled.settlement_code,
        coalesce(settled.compound, in_town.after_town) as compound
    from in_town left join settled on settled.stem = in_town.stem
),
-- Buildings are numbered inside a compound: 翠屏花园3号楼. One name twice in a town finds neither.
buildings as (
    select place.town_code,
        regexp_replace(place.name, '(?:栋|幢|座|#楼|#|号楼)$', '') as called,
        min(place.division_code) as building_code,
        min(split_part(place.division_code, '-', 1)) as settlement_code
    from work.place
    where place.kind = 'building'
    group by all
    having count(*) = 1
),
spelled as (
    select parted.address, parted.local, parted.stem, parted.numbers, parted.ending,
        known.town_code, known.settlement_code, coalesce(known.compound, parted.stem) as compound,
        regexp_matches(parted.local, '^[^0-9]*[0-9]+(?:号楼|栋|幢|座|#楼|#|楼)') as has_building,
        regexp_extract(parted.local, '([0-9]+)单元', 1) as unit_digits,
        regexp_extract(parted.local, '([0-9]{3,4})(?:室|房|户)?$', 1) as room_digits
    from parted left join known on known.stem = parted.stem
),
final as (
    select spelled.address,
        spelled.town_code,
        coalesce(buildings.building_code, spelled.settlement_code, spelled.town_code) as place_code,
        case when len(spelled.numbers) > 0 then
            'h-' || substr(sha256($branch || '|' || spelled.stem || '|'
                || array_to_string(spelled.numbers, '-') || '|' || spelled.ending), 1, 16)
        end as home_id,
        case when spelled.has_building then spelled.compound || spelled.numbers[1] || '号楼' end as building,
        coalesce(
            nullif(spelled.unit_digits, ''),
            case when spelled.has_building and len(spelled.numbers) = 3 then spelled.numbers[2] end
        ) as unit_no,
        case when spelled.has_building or spelled.unit_digits <> '' then
            try_cast(nullif(spelled.room_digits, '') as integer) // 100
        end as floor,
        coalesce(
            case when spelled.has_building or spelled.unit_digits <> '' then nullif(spelled.room_digits, '') end,
            case when not spelled.has_building and len(spelled.numbers) > 0 then spelled.numbers[-1] end
        ) as room,
        try_cast(left(spelled.numbers[1], 6) as integer) as door_order
    from spelled left join buildings
        on spelled.has_building
        and buildings.town_code = spelled.town_code
        and buildings.called = spelled.compound || spelled.numbers[1]
)
select * from final
