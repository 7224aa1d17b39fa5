-- Question: the resources of a file, as the lake keeps them.
-- Grain:    one row per delivered row
-- Reads:    work.accepted
-- Params:   $branch, $date, $file
copy (
    select
        $branch::varchar as branch_id, division_code, address, access_type, two_way,
        ports_total::integer as ports_total,
        least(ports_free, coalesce(ports_total, ports_free))::integer as ports_free,
        max_mbps::integer as max_mbps,
        coalesce(as_of, $date::date) as as_of
    from work.accepted
    order by row_no
) to $file (format parquet, compression zstd)
