-- Question: which rival was seen at which home?
-- Grain:    one row per accepted row: home (else address) and operator.
-- Reads:    work.accepted
-- Params:   $file, where the rows go; $branch; $date, when they were seen if nobody says
copy (
    with written as not materialized (
        select accepted.*, work.local_of(accepted.address) as local from work.accepted
    )
    select written.row_no,
        coalesce(
            written.household_id,
            work.household_of(
                work.home_of($branch, work.stem_of(written.local), work.numbers_of(written.local), written.local)
            )
        ) as household_id,
        written.address, written.operator, written.monthly_fee as monthly_fee_fen, written.expires_on,
        coalesce(written.seen_at::date, $date::date) as seen_on, written.staff_id
    from written
    order by written.row_no
) to $file (format parquet, compression zstd)
