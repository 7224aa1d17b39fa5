-- Question: how many rows name an address that says no home, and which is first?
-- Grain:    one row.
-- Reads:    work.accepted, work.address
select count(*)::integer as lost, min(accepted.row_no) as example_row
from work.accepted left join work.address on address.address = accepted.address
where accepted.household_id is null and address.home_id is null
