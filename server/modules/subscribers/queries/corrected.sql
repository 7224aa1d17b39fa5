-- Question: what does the extract say, once the corrections that stand are put over it?
-- Grain:    one row per physical row.
-- Reads:    work.uncorrected, work.correction
create or replace view work.converted as
with corrected as (
    select correction.subscriber_id,
        max(correction.said) filter (where correction.field = 'name') as name,
        max(correction.said) filter (where correction.field = 'phone') as phone,
        max(correction.said) filter (where correction.field = 'address') as address
    from work.correction
    group by correction.subscriber_id
)
select uncorrected.* replace (
        coalesce(corrected.name, uncorrected.customer_name) as customer_name,
        coalesce(corrected.phone, uncorrected.contact_phone) as contact_phone,
        coalesce(corrected.address, uncorrected.install_address) as install_address
    )
from work.uncorrected
left join corrected on corrected.subscriber_id = uncorrected.subscriber_id
