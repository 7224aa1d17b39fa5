-- Question: what becomes of each candidate before people are assigned?
-- Grain:    one row per candidate; at most one `eligible` row per household
-- Reads:    work.candidate, work.campaign
-- Params:   $branch
create or replace table work.decision as
with ranked as (
    select
        subscriber_id, place, campaign, household_id,
        row_number() over (
            partition by household_id
            order by meets_person desc, priority desc, campaign, subscriber_id
        ) as rank
    from work.candidate
    where suppressed is null and not held_out
),
winners as (
    select
        household_id,
        count(*)::integer as matters,
        arg_min(subscriber_id, rank) as winner_subscriber,
        arg_min(place, rank) as winner_place
    from ranked
    group by household_id
),
decided as (
    select
        candidate.*,
        campaign.name, campaign.name_en, campaign.version, campaign.purpose, campaign.lead, campaign.hold_out_share,
        winners.matters, winners.winner_subscriber,
        best.campaign as winner, best.name as winner_name,
        best.name_en as winner_name_en,
        case
            when candidate.suppressed is not null then 'suppressed'
            when candidate.held_out then 'held-out'
            when winners.winner_subscriber = candidate.subscriber_id
                and winners.winner_place = candidate.place then 'eligible'
            else 'outranked'
        end as outcome
    from work.candidate as candidate
    join work.campaign as campaign on campaign.place = candidate.place
    left join winners on winners.household_id = candidate.household_id
    left join work.campaign as best on best.place = winners.winner_place
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
                then json_object('campaign', winner_name, 'campaignEn', winner_name_en, 'id', winner,
                    'subscriber', winner_subscriber)
            when suppressed = 'refused'
                then json_object('since', refused_since, 'until', refused_until)
            when suppressed = 'opted-out'
                then json_object('touchpoints', array_to_string(opted_out, ','))
            when suppressed = 'follow-up-due' then json_object('on', held_on)
            when suppressed = 'capped' then json_object('touches', touches, 'until', capped_until)
            else '{}'
        end::varchar as reason_values,
        case suppressed when 'refused' then refused_until when 'capped' then capped_until end
            as "until",
        case when outcome = 'suppressed' then [] else "open" end as touchpoints,
        offer, p, c, v, l, priority,
        step, days_left, contract_end, unit_id,
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
                else json_object('code', 'selected', 'values', json_object(
                    'campaign', name, 'campaignEn', name_en))
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
                json_object('code', 'rival', 'values', json_object(
                    'on', rival_expire_date, 'operator', rival_operator, 'seen', rival_seen_on)) end,
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
