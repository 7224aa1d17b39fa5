-- Question: which corrections does the extract say itself by now?
-- Grain:    one row per correction.
-- Reads:    work.correction, work.accepted, work.uncorrected
select correction.correction_id as id
from work.correction
inner join work.uncorrected on uncorrected.subscriber_id = correction.subscriber_id
semi join work.accepted on accepted.row_no = uncorrected.row_no
where correction.said = case correction.field
        when 'name' then coalesce(uncorrected.customer_name, uncorrected.contact_name)
        when 'phone' then coalesce(uncorrected.contact_phone, uncorrected.service_number)
        when 'address' then replace(uncorrected.install_address, chr(0), '')
    end
order by correction.correction_id
