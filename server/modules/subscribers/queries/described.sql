-- Question: what does each accepted subscriber say, and what follows from it?
-- Grain:    one row per accepted subscriber.
-- Reads:    work.accepted, work.about, work.known_stem, work.building, work.place, work.unit
-- A view, so that a million rows stream through it; every table it joins is small.
create or replace view work.described as
with written as not materialized (
    select accepted.*, work.local_of(accepted.install_address) as local
    from work.accepted
),
parted as not materialized (
    select written.*, work.stem_of(written.local) as stem, work.numbers_of(written.local) as numbers,
        regexp_matches(written.local, '^[^0-9]*[0-9]+(?:号楼|栋|幢|座|#|楼)') as has_building,
        nullif(regexp_extract(written.local, '([0-9]+)单元', 1), '') as unit_digits,
        nullif(regexp_extract(written.local, '([0-9]{3,4})(?:室|房|户)?$', 1), '') as room_digits
    from written
),
placed as not materialized (
    select parted.*, about.branch_id as home_branch, about.data_date as today,
        work.home_of(about.branch_id, parted.stem, parted.numbers, parted.local) as home_id,
        coalesce(delivered.division_code, building.building_code, known.settlement_code, known.town_code) as found_place,
        coalesce(delivered.town_code, known.town_code) as found_town,
        coalesce(known.compound, parted.stem) as compound,
        parted.has_building or parted.unit_digits is not null as in_building
    from parted
    cross join work.about
    left join work.known_stem as known on known.stem = parted.stem
    left join work.building
        on parted.has_building
        and building.town_code = known.town_code
        and building.called = known.compound || parted.numbers[1]
    left join work.place as delivered on delivered.division_code = parted.division_code
),
ending as not materialized (
    select placed.*,
        coalesce(
            least(
                case when placed.offer_exp_date >= placed.today then placed.offer_exp_date end,
                case when placed.contract_expire_date >= placed.today then placed.contract_expire_date end,
                case when placed.broadband_expire_date >= placed.today then placed.broadband_expire_date end,
                case when placed.tv_expire_date >= placed.today then placed.tv_expire_date end
            ),
            greatest(
                placed.offer_exp_date, placed.contract_expire_date,
                placed.broadband_expire_date, placed.tv_expire_date
            )
        ) as ends_on
    from placed
)
select ending.* exclude (household_id, unit_no, tenure_months),
    coalesce(
        ending.household_id, ending.home_id, 'a-' || ending.account_id, 's-' || ending.subscriber_id
    ) as household_id,
    case
        when ending.household_id is not null then 'delivered'
        when ending.home_id is not null then 'address'
        when ending.account_id is not null then 'account'
        else 'subscriber'
    end as household_source,
    ending.ends_on as contract_end,
    case
        when ending.ends_on is null then null
        when ending.ends_on = ending.offer_exp_date then 'offer_exp_date'
        when ending.ends_on = ending.contract_expire_date then 'contract_expire_date'
        when ending.ends_on = ending.broadband_expire_date then 'broadband_expire_date'
        else 'tv_expire_date'
    end as contract_end_source,
    ending.found_place as place_code,
    ending.found_town as town_code,
    coalesce(owner.grid_id, home_unit.unit_id, ending.home_branch) as unit_id,
    coalesce(
        case when ending.has_building then ending.compound || ending.numbers[1] || '号楼' end,
        ending.building_name
    ) as building,
    coalesce(
        ending.unit_digits,
        case when ending.has_building and len(ending.numbers) = 3 then ending.numbers[2] end,
        nullif(regexp_extract(ending.unit_no, '[0-9]+'), '')
    ) as unit_no,
    coalesce(
        case when ending.in_building then try_cast(ending.room_digits as integer) // 100 end,
        try_cast(nullif(regexp_extract(ending.house_no, '^([0-9]{3,4})[^0-9]*$', 1), '') as integer) // 100
    )::integer as floor,
    coalesce(
        case when ending.in_building then ending.room_digits end,
        case when not ending.has_building and len(ending.numbers) > 0 then ending.numbers[-1] end,
        nullif(regexp_extract(ending.house_no, '[0-9]+'), '')
    ) as room,
    coalesce(
        try_cast(left(ending.numbers[1], 6) as integer),
        try_cast(nullif(regexp_extract(ending.building_name, '[0-9]{1,6}'), '') as integer)
    ) as door_order,
    coalesce(
        ending.tenure_months,
        case when ending.activation_time < ending.today + interval 1 day
            then date_sub('month', ending.activation_time, ending.today::timestamp) end
    ) as tenure_months
from ending
left join work.place as owner on owner.division_code = ending.found_place and owner.grid_id <> ending.home_branch
left join work.unit as home_unit on home_unit.unit_id = ending.grid_code
