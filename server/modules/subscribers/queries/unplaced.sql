-- Question: how many accepted subscribers have an address that is no known place, and who is first?
-- Grain:    one row.
-- Reads:    work.accepted, work.derived
select count(*)::integer as unplaced, min(accepted.row_no) as example_row,
    arg_min(accepted.subscriber_id, accepted.row_no) as subscriber
from work.accepted inner join work.derived on derived.row_no = accepted.row_no
where derived.place_code is null and accepted.install_address is not null
