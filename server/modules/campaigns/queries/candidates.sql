-- Question: whom does each campaign select, with the facts that decide what follows?
-- Grain:    one row per candidate (subscriber × campaign); `open` are the touchpoints left, in order
-- Reads:    work.selected, work.campaign, work.closure, published.base_own, places
create or replace table work.candidate as
with facts as (
    select
        campaign.place, campaign.touchpoints, campaign.is_marketing,
        campaign.offers[selected.choice + 1] as offer,
        own.* exclude (unit_id),
        coalesce(places.grid_id, own.unit_id) as unit_id,
        places.name as place_name,
        coalesce(places.town_name, towns.name) as town_name
    from work.selected as selected
    join work.campaign as campaign on campaign.place = selected.selection
    join (
        select
            subscriber_id, household_id, status, coalesce(has_port_request, false)
                as has_port_request,
            contract_end, days_to_end::integer as days_left, unit_id, place_code, town_code,
            building, unit_no, floor, room, door_order, complaint_count, rival_service_calls,
            fault_count_3m, rival_operator, rival_expire_date, arrears_fee, plan_monthly_fee,
            main_plan_name, tenure_months, terminal_model, last_use_on,
            coalesce(do_not_personalise, false) as do_not_personalise,
            unsubscribe_time is not null as unsubscribed,
            -- Silence is no consent to messages; a call is closed by a “no”.
            consent_sms is distinct from true as no_messages,
            coalesce(consent_call = false, false) as no_calls
        from published.base_own
    ) as own on own.subscriber_id = selected.subscriber_id
    left join published.places on places.division_code = own.place_code
    left join published.places as towns on towns.division_code = own.town_code
),
barred as (
    select
        facts.*,
        case
            when not facts.is_marketing or closure.household_id is null then []
            -- A refused offer is refused everywhere.
            when list_contains(closure.refused_offers, facts.offer) then facts.touchpoints
            else list_filter(facts.touchpoints, lambda each: list_contains(closure.refused, each))
        end as refused,
        case
            when not facts.is_marketing then []
            else list_filter(facts.touchpoints, lambda each: case each
                when 'call_out' then facts.unsubscribed or facts.no_calls
                when 'sms' then facts.unsubscribed or facts.no_messages
                when 'online' then facts.unsubscribed
                else false
            end)
        end as opted_out,
        case
            when not facts.is_marketing or closure.household_id is null then []
            when closure.capped_all then facts.touchpoints
            else list_filter(facts.touchpoints, lambda each: list_contains(closure.capped, each))
        end as capped,
        closure.refused_until, closure.refused_since, closure.capped_until, closure.touches
    from facts
    left join work.closure as closure on closure.household_id = facts.household_id
),
final as (
    select
        barred.* exclude (touchpoints, is_marketing),
        list_filter(
            touchpoints,
            lambda each: not list_contains(refused, each) and not list_contains(opted_out, each)
                and not list_contains(capped, each)
        ) as "open"
    from barred
)
select * from final
