-- Question: whose names and numbers are sealed already, by the key that seals now, and unchanged?
-- Grain:    one row per subscriber of whom that is so.
-- Reads:    work.identity, the snapshot of before
-- Params:   $before, its path; $key, how a cell of that key begins
create or replace table work.sealed as
select identity.row_no, earlier.identity, earlier.name_initials, earlier.name_index, earlier.number_index
from work.identity
inner join read_parquet($before) as earlier on earlier.subscriber_id = identity.subscriber_id
where starts_with(lower(hex(earlier.identity)), $key || identity.nonce)
