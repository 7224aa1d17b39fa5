-- Question: what is known of every subscriber on the planning day?
-- Grain:    one row per subscriber of the snapshot. `base_own` has what stands with the subscriber;
--           `households`, `rivals`, `standing_consents` and `place_facts` what is joined to it, each by its key, and
--           `base` is all of it together. compile.ts joins only what a condition asks for.
-- Reads:    published.subscribers, standing_consents, places, units, competitors, resources
-- Params:   the variables `day` and `dormant_days` of the session
-- A “no” stands, whoever was told it, the sender of the extract or we; a “yes” of ours counts where the
-- extract says nothing. Three words: as delivered, on this channel, on every channel.
create or replace macro published.agreed(delivered, one, every) as
    case when one = false or every = false then false else coalesce(delivered, one, every) end;
create or replace macro published.unsubscribed_at(delivered, every) as
    coalesce(delivered, case when every = false then getvariable('day')::timestamp end);
create or replace macro published.either(delivered, told) as
    case when told then true else delivered end;

create or replace view published.base_own as
with told as (
    select
        columns(lambda name: name <> 'row_hash'),
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

create or replace view published.households as
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
group by household_id;

-- Of several rivals in a household the one seen last.
create or replace view published.rivals as
select household_id, operator, expires_on, monthly_fee_fen, seen_on
from published.competitors
where household_id is not null and operator is not null
qualify row_number() over (
    partition by household_id order by seen_on desc nulls last, operator) = 1;

-- A place with its grid and town, and the network of the building, else of its community or village.
create or replace table published.place_facts as
with networks as (
    select
        division_code,
        bool_or(two_way) as two_way_available,
        sum(ports_free)::integer as ports_free,
        max(max_mbps)::integer as max_mbps
    from published.resources
    where division_code is not null
    group by division_code
),
final as (
    select
        places.division_code, places.grid_id, places.name as place_name, places.town_name,
        case when own.division_code is null then above.two_way_available
            else own.two_way_available end as two_way_available,
        case when own.division_code is null then above.ports_free else own.ports_free end
            as ports_free,
        case when own.division_code is null then above.max_mbps else own.max_mbps end as max_mbps
    from published.places
    left join networks as own on own.division_code = places.division_code
    left join networks as above
        on above.division_code = split_part(places.division_code, '-', 1)
)
select * from final;

create or replace view published.base as
select
    own.* replace (
        coalesce(place.grid_id, own.unit_id) as unit_id,
        coalesce(rival.operator, own.rival_operator) as rival_operator,
        coalesce(rival.expires_on, own.rival_expire_date) as rival_expire_date,
        coalesce(rival.monthly_fee_fen, own.rival_monthly_fee) as rival_monthly_fee,
        published.agreed(own.consent_sms, consent.to_messages, consent.to_marketing) as consent_sms,
        published.agreed(own.consent_call, consent.to_calls, consent.to_marketing) as consent_call,
        published.unsubscribed_at(own.unsubscribe_time, consent.to_marketing) as unsubscribe_time,
        published.either(own.do_not_personalise, consent.do_not_personalise) as do_not_personalise,
        published.either(own.has_port_request, consent.asks_port_out) as has_port_request
    ),
    coalesce(household.household_size, 0) as household_size,
    coalesce(household.has_tv, false) as has_tv,
    coalesce(household.has_broadband, false) as has_broadband,
    coalesce(household.has_mobile, false) as has_mobile,
    coalesce(household.has_high_definition, false) as has_high_definition,
    place.two_way_available,
    place.ports_free,
    place.max_mbps,
    place.place_name,
    place.town_name,
    unit.hall_id,
    unit.zone_id
from published.base_own as own
left join published.households as household on household.household_id = own.household_id
left join published.rivals as rival on rival.household_id = own.household_id
left join published.standing_consents as consent on consent.subscriber_id = own.subscriber_id
left join published.place_facts as place on place.division_code = own.place_code
left join published.units as unit on unit.unit_id = coalesce(place.grid_id, own.unit_id)
