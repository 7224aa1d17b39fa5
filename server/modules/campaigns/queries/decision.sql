-- Question: what becomes of each candidate before people are assigned?
-- Grain:    one row per candidate; at most one `eligible` row per household
-- Reads:    work.candidate, work.campaign
-- Params:   $branch
create or replace table work.decision as
with weighed as (
    select
        candidate.*,
        campaign.campaign, campaign.name, campaign.version, campaign.purpose, campaign.lead,
        campaign.hold_out_share, campaign.p, campaign.v, campaign.l,
        case
            when candidate.status = 'terminated' then 'terminated'
            when candidate.has_port_request and campaign.stops_for_port_out then 'port-out-request'
            when candidate.offer is null then 'no-offer-fits'
            when len(candidate.open) > 0 then null
            when len(candidate.refused) > 0 then 'refused'
            when len(candidate.opted_out) > 0 then 'opted-out'
            else 'capped'
        end as suppressed,
        -- The nearest step of the ladder that is reached; null while it is not, or has passed.
        case when candidate.days_left >= 0 then
            list_min(list_filter(campaign.ladder, lambda days: days >= candidate.days_left))
        end as step,
        campaign.ladder,
        campaign.weighs_risk and not candidate.do_not_personalise as weighs_risk
    from work.candidate as candidate
    join work.campaign as campaign on campaign.place = candidate.place
),
factored as (
    select
        *,
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
valued as (
    select *, round(p * c * v * l, 6) as priority from factored
),
-- Narrow on purpose: what is sorted is a tenth of a candidate.
ranked as (
    select
        subscriber_id, place, campaign, name, household_id,
        row_number() over (
            partition by household_id
            order by meets_person desc, priority desc, campaign, subscriber_id
        ) as rank
    from valued
    where suppressed is null and not held_out
),
winners as (
    select
        household_id,
        count(*)::integer as matters,
        arg_min(subscriber_id, rank) as winner_subscriber,
        arg_min(place, rank) as winner_place,
        arg_min(campaign, rank) as winner,
        arg_min(name, rank) as winner_name
    from ranked
    group by household_id
),
decided as (
    select
        valued.*,
        winners.matters, winners.winner, winners.winner_name, winners.winner_subscriber,
        case
            when suppressed is not null then 'suppressed'
            when held_out then 'held-out'
            when winners.winner_subscriber = valued.subscriber_id
                and winners.winner_place = valued.place then 'eligible'
            else 'outranked'
        end as outcome
    from valued
    left join winners on winners.household_id = valued.household_id
),
final as (
    select
        $branch::varchar as branch_id,
        subscriber_id, household_id, campaign, version, purpose, outcome,
        case when outcome = 'suppressed' then suppressed when outcome <> 'eligible' then outcome end
            as reason,
        case
            when outcome = 'eligible' then null
            when outcome = 'held-out'
                then json_object('share', round(hold_out_share * 100, 2))
            when outcome = 'outranked'
                then json_object('campaign', winner_name, 'id', winner, 'subscriber', winner_subscriber)
            when suppressed = 'refused'
                then json_object('since', refused_since, 'until', refused_until)
            when suppressed = 'opted-out'
                then json_object('touchpoints', array_to_string(opted_out, ','))
            when suppressed = 'capped' then json_object('touches', touches, 'until', capped_until)
            else '{}'
        end::varchar as reason_values,
        case suppressed when 'refused' then refused_until when 'capped' then capped_until end
            as "until",
        case when outcome = 'suppressed' then [] else "open" end as touchpoints,
        offer, p, c, v, l, priority,
        step::integer as step, days_left, contract_end, unit_id,
        place_code, place_name, town_code, town_name,
        building, unit_no, floor, room, door_order,
        case when outcome <> 'eligible' then '[]' else to_json(list_filter([
            case lead
                when 'contract-ends' then
                    json_object('code', lead, 'values', json_object('days', days_left, 'on', contract_end))
                when 'lapsed' then
                    json_object('code', lead, 'values', json_object('days', -days_left, 'on', contract_end))
                when 'dormant' then case when last_use_on is null
                    then json_object('code', 'dormant-period', 'values', json_object())
                    else json_object('code', lead, 'values', json_object('on', last_use_on)) end
                when 'arrears' then
                    json_object('code', lead, 'values', json_object('yuan', printf('%.2f', arrears_fee / 100)))
                when 'old-box' then
                    json_object('code', lead, 'values', json_object('model', terminal_model))
                when 'comes-home' then json_object('code', lead, 'values', json_object())
                when 'on-plan' then json_object('code', lead, 'values', json_object(
                    'plan', main_plan_name, 'yuan', printf('%.2f', plan_monthly_fee / 100),
                    'months', tenure_months))
                else json_object('code', 'selected', 'values', json_object('campaign', name))
            end,
            case when lead <> 'contract-ends' and days_left between 0 and 30 then
                json_object('code', 'contract-ends', 'values', json_object('days', days_left, 'on', contract_end)) end,
            case when lead <> 'arrears' and arrears_fee > 0 then
                json_object('code', 'arrears', 'values', json_object('yuan', printf('%.2f', arrears_fee / 100))) end,
            case when complaint_count > 0 then
                json_object('code', 'complaints', 'values', json_object('count', complaint_count)) end,
            case when fault_count_3m >= 2 then
                json_object('code', 'faults', 'values', json_object('count', fault_count_3m)) end,
            case when rival_service_calls > 0 then
                json_object('code', 'rival-calls', 'values', json_object('count', rival_service_calls)) end,
            case when rival_operator is not null then
                json_object('code', 'rival', 'values', json_object('on', rival_expire_date)) end,
            case when matters > 1 then
                json_object('code', 'also-in-household', 'values', json_object('count', matters - 1)) end,
            case when len(refused) + len(opted_out) + len(capped) > 0 then
                json_object('code', 'touchpoint-closed', 'values', json_object('touchpoints',
                    array_to_string(list_sort(list_distinct(flatten([refused, opted_out, capped]))), ','))) end,
            case when do_not_personalise then
                json_object('code', 'do-not-personalise', 'values', json_object()) end
        ], lambda reason: reason is not null))::varchar end as reasons
    from decided
)
select * from final
