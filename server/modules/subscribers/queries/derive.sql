-- Question: what follows from the delivered columns of each accepted subscriber?
-- Grain:    one row per accepted subscriber, by its row in the file.
-- Reads:    work.accepted, work.address (addresses.sql), work.place, work.unit (unit_id): the branch on the day
-- Params:   $branch, $date
create or replace table work.derived as
with homes as (
    select accepted.row_no,
        coalesce(
            accepted.household_id,
            address.home_id,
            'a-' || accepted.account_id,
            's-' || accepted.subscriber_id
        ) as household_id,
        case
            when accepted.household_id is not null then 'delivered'
            when address.home_id is not null then 'address'
            when accepted.account_id is not null then 'account'
            else 'subscriber'
        end as household_source,
        coalesce(delivered_place.division_code, address.place_code) as place_code,
        coalesce(delivered_place.town_code, address.town_code) as town_code, address.building as address_building,
        address.unit_no as address_unit, address.floor as address_floor, address.room as address_room,
        address.door_order as address_order,
        accepted.building_name, accepted.unit_no as delivered_unit, accepted.house_no, accepted.grid_code,
        accepted.offer_exp_date, accepted.contract_expire_date, accepted.broadband_expire_date, accepted.tv_expire_date,
        coalesce(
            least(
                case when accepted.offer_exp_date >= $date::date then accepted.offer_exp_date end,
                case when accepted.contract_expire_date >= $date::date then accepted.contract_expire_date end,
                case when accepted.broadband_expire_date >= $date::date then accepted.broadband_expire_date end,
                case when accepted.tv_expire_date >= $date::date then accepted.tv_expire_date end
            ),
            greatest(
                accepted.offer_exp_date, accepted.contract_expire_date,
                accepted.broadband_expire_date, accepted.tv_expire_date
            )
        ) as contract_end,
        coalesce(
            accepted.tenure_months,
            case when accepted.activation_time < $date::date + interval 1 day
                then date_sub('month', accepted.activation_time, $date::timestamp) end
        ) as tenure_months
    from work.accepted
    left join work.address on address.address = accepted.install_address
    left join work.place as delivered_place on delivered_place.division_code = accepted.division_code
),
final as (
    select homes.row_no, homes.household_id, homes.household_source, homes.contract_end,
        case
            when homes.contract_end is null then null
            when homes.contract_end = homes.offer_exp_date then 'offer_exp_date'
            when homes.contract_end = homes.contract_expire_date then 'contract_expire_date'
            when homes.contract_end = homes.broadband_expire_date then 'broadband_expire_date'
            else 'tv_expire_date'
        end as contract_end_source,
        homes.place_code, homes.town_code,
        coalesce(place.grid_id, home_unit.unit_id, $branch) as unit_id,
        coalesce(homes.address_building, homes.building_name) as building,
        coalesce(homes.address_unit, nullif(regexp_extract(homes.delivered_unit, '[0-9]+'), '')) as unit_no,
        coalesce(
            homes.address_floor,
            try_cast(nullif(regexp_extract(homes.house_no, '^([0-9]{3,4})[^0-9]*$', 1), '') as integer) // 100
        )::integer as floor,
        coalesce(homes.address_room, nullif(regexp_extract(homes.house_no, '[0-9]+'), '')) as room,
        coalesce(homes.address_order, try_cast(nullif(regexp_extract(homes.building_name, '[0-9]{1,6}'), '') as integer)) as door_order,
        homes.tenure_months
    from homes
    left join work.place on place.division_code = homes.place_code and place.grid_id <> $branch
    left join work.unit as home_unit on home_unit.unit_id = homes.grid_code
)
select * from final
