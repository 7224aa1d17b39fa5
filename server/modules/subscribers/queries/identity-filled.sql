-- Question: how many subscribers bring each of the columns that are sealed?
-- Grain:    one row; a column each.
-- Reads:    work.accepted
select count(customer_name)::integer as customer_name, count(contact_name)::integer as contact_name,
    count(account_name)::integer as account_name, count(contact_phone)::integer as contact_phone,
    count(service_number)::integer as service_number, count(id_card_no)::integer as id_card_no,
    count(wecom_external_id)::integer as wecom_external_id
from work.accepted
