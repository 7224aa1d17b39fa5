-- Question: which texts are to be sealed, with which nonce?
-- Grain:    one row per subscriber whose are.
-- Reads:    work.fresh
create or replace view work.cell as
select fresh.row_no, fresh.subscriber_id, fresh.nonce, fresh.said as cell from work.fresh
