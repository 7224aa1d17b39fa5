-- Question: do two plans rest on the same decisions?
-- Grain:    one row; the sums of the rows’ digests by unit, whatever the order of the rows.
-- Reads:    work.decision
with told as (
    select decision.unit_id,
        md5_number_lower(to_json([
            decision.subscriber_id, decision.household_id, decision.campaign,
            decision.version::varchar, decision.outcome, decision.reason, decision.reason_values,
            decision.until::varchar, array_to_string(decision.touchpoints, ' '), decision.offer,
            decision.p::varchar, decision.c::varchar, decision.v::varchar, decision.l::varchar,
            decision.contract_end::varchar, decision.place_code, decision.place_name,
            decision.town_name, decision.reasons
        ])::varchar)::hugeint as row_digest
    from work.decision as decision
),
by_unit as (
    select unit_id, sum(row_digest)::varchar as unit_digest
    from told
    group by unit_id
),
final as (
    select sha256(coalesce(string_agg(unit_id || '=' || unit_digest, ' ' order by unit_id), ''))
        as digest
    from by_unit
)
select * from final
