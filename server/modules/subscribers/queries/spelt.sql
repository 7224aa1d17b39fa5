-- Question: what are the parts of each accepted subscriber's address?
-- Grain:    one row per accepted row.
-- Reads:    work.accepted, work.about
-- A table, one step deep: joined as a view, each part would be worked out once for each of its uses.
create or replace table work.spelt as
with written as not materialized (
    select accepted.row_no, accepted.division_code, accepted.grid_code,
        work.local_of(accepted.install_address) as local
    from work.accepted
),
parted as not materialized (
    select written.*, work.stem_of(written.local) as stem, work.numbers_of(written.local) as numbers
    from written
),
final as not materialized (
    select parted.row_no, parted.division_code, parted.grid_code, parted.stem,
        work.home_of((select about.branch_id from work.about), parted.stem, parted.numbers, parted.local) as home,
        parted.numbers[1] as first_number,
        parted.numbers[-1] as last_number,
        case when len(parted.numbers) = 3 then parted.numbers[2] end as middle_number,
        regexp_matches(parted.local, '^[^0-9]*[0-9]+(?:号楼|栋|幢|座|#|楼)') as has_building,
        nullif(regexp_extract(parted.local, '([0-9]+)单元', 1), '') as unit_digits,
        nullif(regexp_extract(parted.local, '([0-9]{3,4})(?:室|房|户)?$', 1), '') as room_digits
    from parted
)
select * from final
