-- Question: what was seen of rivals, without the homes of those who are erased?
-- Grain:    one row per row of the file.
-- Reads:    a file of rivals seen, work.left_home
-- Params:   $file, its path; $target
copy (
    with home as (
        select min(left_home.subscriber_id) as subscriber_id, left_home.household_id, left_home.address
        from work.left_home
        group by left_home.household_id, left_home.address
    ),
    final as (
        select seen.*,
            (
                select 's-' || min(home.subscriber_id) from home
                where home.household_id = seen.household_id or home.address = seen.address
            ) as parted
        from read_parquet($file, hive_partitioning = false) as seen
    )
    select final.* exclude (parted)
        replace (
            coalesce(final.parted, final.household_id) as household_id,
            case when final.parted is null then final.address end as address
        )
    from final
    order by final.row_no
) to $target (format parquet, compression zstd)
