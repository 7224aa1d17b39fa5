-- Question: do two plans rest on the same decisions?
-- Grain:    one row; equal exactly when every column of every decision is.
-- Reads:    work.decision
with told as (
    select decision.unit_id, decision.subscriber_id, decision.campaign,
        md5(decision::varchar) as row_digest
    from work.decision as decision
),
by_unit as (
    select unit_id, md5(string_agg(row_digest, '' order by subscriber_id, campaign)) as unit_digest
    from told
    group by unit_id
),
final as (
    select sha256(coalesce(string_agg(unit_digest, '' order by unit_id), '')) as digest
    from by_unit
)
select * from final
