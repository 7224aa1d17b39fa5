-- Question: what is known of every subscriber on the planning day?
-- Grain:    one row per subscriber of the snapshot. `base_own` has what stands with the subscriber,
--           `base` joins the household, the place, the rival and the network there, and is slower.
-- Reads:    published.subscribers, places, units, competitors, resources
-- Params:   the variables `day` and `dormant_days` of the session
create or replace view published.base_own as
with told as (
    select
        *,
        getvariable('day')::date as planning_day,
        case
            when contains(product_type, '电视') or product_type ilike '%tv%' then 'tv'
            when contains(product_type, '宽带') or product_type ilike '%broadband%'
                or product_type ilike '%internet%' or product_type ilike '%fiber%' then 'broadband'
            when contains(product_type, '移动') or contains(product_type, '手机')
                or product_type ilike '%mobile%' or product_type ilike '%phone%' then 'mobile'
            when tv_expire_date is not null or tv_watch_minutes is not null
                or tv_last_watch_time is not null then 'tv'
            when broadband_expire_date is not null or broadband_speed_mbps is not null
                or broadband_account is not null or bb_online_hours is not null then 'broadband'
            when voice_min is not null or data_mb is not null or network_type is not null
                then 'mobile'
            else 'other'
        end as product_kind
    from published.subscribers
)
select
    *,
    contract_end - planning_day as days_to_end,
    -- Whoever has no end, or an open one, has not lapsed.
    coalesce(contract_end < planning_day, false) and status <> 'terminated' as is_lapsed,
    case when status <> 'terminated' then greatest(planning_day - contract_end, 0) end
        as days_lapsed,
    tv_last_watch_time::date as last_use_on,
    case
        when status <> 'active' then false
        -- The last use is known to the day …
        when tv_last_watch_time is not null
            then tv_last_watch_time::date < planning_day - getvariable('dormant_days')::integer
        -- … or only that nothing was used in the whole period that the extract counts.
        when coalesce(tv_watch_minutes, bb_online_hours, data_mb, voice_min) is not null
            then coalesce(tv_watch_minutes, 0) = 0 and coalesce(bb_online_hours, 0) = 0
                and coalesce(data_mb, 0) = 0 and coalesce(voice_min, 0) = 0
    end as is_dormant,
    case
        when contains(terminal_model, '标清') then true
        when contains(terminal_model, '高清') or contains(terminal_model, '智能')
            or contains(terminal_model, '4K') then false
    end as is_standard_box
from told;

create or replace view published.base as
with households as (
    select
        household_id,
        count(*)::integer as household_size,
        bool_or(product_kind = 'tv') as has_tv,
        bool_or(product_kind = 'broadband') as has_broadband,
        bool_or(product_kind = 'mobile') as has_mobile,
        bool_or(coalesce(not is_standard_box, false) and product_kind = 'tv'
            or coalesce(contains(main_plan_name, '高清'), false)) as has_high_definition
    from published.base_own
    where status <> 'terminated'
    group by household_id
),
rivals as (
    select household_id, operator, expires_on, monthly_fee_fen
    from published.competitors
    where household_id is not null and operator is not null
    qualify row_number() over (
        partition by household_id order by seen_on desc nulls last, operator) = 1
),
networks as (
    select
        division_code,
        bool_or(two_way) as two_way_available,
        sum(ports_free)::integer as ports_free,
        max(max_mbps)::integer as max_mbps
    from published.resources
    where division_code is not null
    group by division_code
),
-- The network of a building, else that of its community or village.
reach as (
    select
        places.division_code,
        coalesce(own.two_way_available, above.two_way_available) as two_way_available,
        case when own.division_code is null then above.ports_free else own.ports_free end
            as ports_free,
        case when own.division_code is null then above.max_mbps else own.max_mbps end as max_mbps
    from published.places
    left join networks as own on own.division_code = places.division_code
    left join networks as above
        on above.division_code = split_part(places.division_code, '-', 1)
)
select
    own.* replace (
        coalesce(places.grid_id, own.unit_id) as unit_id,
        coalesce(rivals.operator, own.rival_operator) as rival_operator,
        coalesce(rivals.expires_on, own.rival_expire_date) as rival_expire_date,
        coalesce(rivals.monthly_fee_fen, own.rival_monthly_fee) as rival_monthly_fee
    ),
    coalesce(households.household_size, 0) as household_size,
    coalesce(households.has_tv, false) as has_tv,
    coalesce(households.has_broadband, false) as has_broadband,
    coalesce(households.has_mobile, false) as has_mobile,
    coalesce(households.has_high_definition, false) as has_high_definition,
    reach.two_way_available,
    reach.ports_free,
    reach.max_mbps,
    units.hall_id,
    units.zone_id,
    places.name as place_name,
    coalesce(places.town_name, towns.name) as town_name
from published.base_own as own
left join households on households.household_id = own.household_id
left join rivals on rivals.household_id = own.household_id
left join published.places on places.division_code = own.place_code
left join published.places as towns on towns.division_code = own.town_code
left join reach on reach.division_code = own.place_code
left join published.units on units.unit_id = coalesce(places.grid_id, own.unit_id)
