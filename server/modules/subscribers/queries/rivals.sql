-- Question: which rival was seen at which home?
-- Grain:    one row per accepted row: home (else address) and operator.
-- Reads:    work.accepted, work.address (addresses.sql)
-- Params:   $file, where the rows go; $date, when they were seen if nobody says
copy (
    select accepted.row_no, coalesce(accepted.household_id, address.home_id) as household_id,
        accepted.address, accepted.operator, accepted.monthly_fee as monthly_fee_fen, accepted.expires_on,
        coalesce(accepted.seen_at::date, $date::date) as seen_on, accepted.staff_id
    from work.accepted left join work.address on address.address = accepted.address
    order by accepted.row_no
) to $file (format parquet, compression zstd)
