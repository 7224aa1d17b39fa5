-- Question: what does each accepted subscriber say, and what follows from it?
-- Grain:    one row per accepted subscriber.
-- Reads:    work.converted, work.home (accepted rows only)
-- A view, so that a million wide rows stream past the narrow table they are joined with. With an
-- estimate below the truth (an anti join gives one) the planner would hold the wide side in memory.
create or replace view work.described as
with joined as not materialized (
    select converted.* exclude (unit_no), converted.unit_no as delivered_unit, home.today,
        home.home, home.place_code, home.town_code, home.unit_id, home.building as home_building,
        home.unit_no as home_unit, home.floor as home_floor, home.room as home_room,
        home.door_order as home_order
    from work.converted
    inner join work.home on home.row_no = converted.row_no
),
ending as not materialized (
    select joined.*,
        coalesce(
            least(
                case when joined.offer_exp_date >= joined.today then joined.offer_exp_date end,
                case when joined.contract_expire_date >= joined.today then joined.contract_expire_date end,
                case when joined.broadband_expire_date >= joined.today then joined.broadband_expire_date end,
                case when joined.tv_expire_date >= joined.today then joined.tv_expire_date end
            ),
            greatest(
                joined.offer_exp_date, joined.contract_expire_date,
                joined.broadband_expire_date, joined.tv_expire_date
            )
        ) as contract_end
    from joined
)
select ending.* exclude (household_id, tenure_months),
    coalesce(
        ending.household_id, work.household_of(ending.home), 'a-' || ending.account_id, 's-' || ending.subscriber_id
    ) as household_id,
    case
        when ending.household_id is not null then 'delivered'
        when ending.home is not null then 'address'
        when ending.account_id is not null then 'account'
        else 'subscriber'
    end as household_source,
    case
        when ending.contract_end is null then null
        when ending.contract_end = ending.offer_exp_date then 'offer_exp_date'
        when ending.contract_end = ending.contract_expire_date then 'contract_expire_date'
        when ending.contract_end = ending.broadband_expire_date then 'broadband_expire_date'
        else 'tv_expire_date'
    end as contract_end_source,
    coalesce(ending.home_building, ending.building_name) as building,
    coalesce(ending.home_unit, nullif(regexp_extract(ending.delivered_unit, '[0-9]+'), '')) as unit_no,
    coalesce(
        ending.home_floor,
        try_cast(nullif(regexp_extract(ending.house_no, '^([0-9]{3,4})[^0-9]*$', 1), '') as integer) // 100
    )::integer as floor,
    coalesce(ending.home_room, nullif(regexp_extract(ending.house_no, '[0-9]+'), '')) as room,
    coalesce(
        ending.home_order,
        try_cast(nullif(regexp_extract(ending.building_name, '[0-9]{1,6}'), '') as integer)
    ) as door_order,
    coalesce(
        ending.tenure_months,
        case when ending.activation_time < ending.today + interval 1 day
            then date_sub('month', ending.activation_time, ending.today::timestamp) end
    ) as tenure_months
from ending
