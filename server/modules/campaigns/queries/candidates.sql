-- Question: whom does each campaign select, may he be met, and how much does he weigh?
-- Grain:    one row per candidate (subscriber × campaign); `open` are the touchpoints left, in order
-- Reads:    work.selected, work.campaign, work.closure, work.held,
--           published.base_own, rivals, standing_consents, place_facts
create or replace table work.candidate as
with facts as (
    select
        campaign.place, campaign.touchpoints, campaign.is_marketing,
        campaign.offers[selected.choice + 1] as offer,
        own.* exclude (unit_id, own_rival_operator, own_rival_expire_date),
        -- Who was seen at the home says more than the extract; as published.base has it.
        coalesce(rival.operator, own.own_rival_operator) as rival_operator,
        coalesce(rival.expires_on, own.own_rival_expire_date) as rival_expire_date,
        rival.seen_on as rival_seen_on,
        coalesce(place.grid_id, own.unit_id) as unit_id,
        place.place_name,
        place.town_name
    from work.selected as selected
    join work.campaign as campaign on campaign.place = selected.selection
    join (
        select
            subscriber_id, household_id, status,
            coalesce(published.either(has_port_request, consent.asks_port_out), false)
                as has_port_request,
            contract_end, days_to_end::integer as days_left, unit_id, place_code, town_code,
            building, unit_no, floor, room, door_order, complaint_count, rival_service_calls,
            fault_count_3m, rival_operator as own_rival_operator,
            rival_expire_date as own_rival_expire_date, arrears_fee, plan_monthly_fee,
            main_plan_name, tenure_months, terminal_model, last_use_on,
            coalesce(published.either(base.do_not_personalise, consent.do_not_personalise), false)
                as do_not_personalise,
            published.unsubscribed_at(unsubscribe_time, consent.to_marketing) is not null as unsubscribed,
            -- Silence is no consent to messages; a call is closed by a “no”.
            published.agreed(consent_sms, consent.to_messages, consent.to_marketing)
                is distinct from true as no_messages,
            coalesce(published.agreed(consent_call, consent.to_calls, consent.to_marketing) = false, false)
                as no_calls
        from published.base_own as base
        left join published.standing_consents as consent using (subscriber_id)
    ) as own on own.subscriber_id = selected.subscriber_id
    left join published.rivals as rival on rival.household_id = own.household_id
    left join published.place_facts as place on place.division_code = own.place_code
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
        closure.refused_until, closure.refused_since, closure.capped_until, closure.touches,
        held.held_on
    from facts
    left join work.closure as closure on closure.household_id = facts.household_id
    left join work.held as held on held.household_id = facts.household_id
),
left_open as (
    select
        barred.* exclude (touchpoints, is_marketing),
        list_filter(
            touchpoints,
            lambda each: not list_contains(refused, each) and not list_contains(opted_out, each)
                and not list_contains(capped, each)
        ) as "open"
    from barred
),
weighed as (
    select
        left_open.*,
        campaign.campaign, campaign.hold_out_share, campaign.p, campaign.v, campaign.l,
        case
            when left_open.status = 'terminated' then 'terminated'
            when left_open.has_port_request and campaign.stops_for_port_out then 'port-out-request'
            when left_open.held_on is not null then 'follow-up-due'
            when left_open.offer is null then 'no-offer-fits'
            when len(left_open.open) > 0 then null
            when len(left_open.refused) > 0 then 'refused'
            when len(left_open.opted_out) > 0 then 'opted-out'
            else 'capped'
        end as suppressed,
        -- The nearest step of the ladder that is reached; null while it is not, or has passed.
        case when left_open.days_left >= 0 then
            list_min(list_filter(campaign.ladder, lambda days: days >= left_open.days_left))
        end::integer as step,
        campaign.ladder,
        campaign.weighs_risk and not left_open.do_not_personalise as weighs_risk
    from left_open
    join work.campaign as campaign on campaign.place = left_open.place
),
factored as (
    select
        * exclude (ladder, weighs_risk, hold_out_share),
        round(
            -- From 1 at the most distant step to 2 at the last.
            case when step is null then 1e0
                else 1e0 + (list_position(ladder, step) - 1) / greatest(len(ladder) - 1, 1)::double
            end
            * case when weighs_risk then 1e0
                + (case when complaint_count > 0 then 1e-1 else 0 end)
                + (case when fault_count_3m >= 2 then 5e-2 else 0 end)
                + (case when rival_service_calls > 0 or rival_operator is not null
                    then 1e-1 else 0 end)
                else 1e0 end,
            4) as c,
        case
            when suppressed is null and hold_out_share > 0
                -- The first 48 bits of SHA-256(campaign NUL household), as keyedShare does.
                then ('0x' || substr(sha256(campaign || chr(0) || household_id), 1, 12))::bigint
                    / 281474976710656e0 < hold_out_share
            else false
        end as held_out,
        len(list_filter("open", lambda each: each not in ('sms', 'online'))) > 0 as meets_person
    from weighed
),
final as (
    select *, round(p * c * v * l, 6) as priority from factored
)
select * from final
