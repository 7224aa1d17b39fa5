-- Question: which rows are left out, because they were rejected or another row has the same key?
-- Grain:    one row per physical row that is left out; of several valid rows with one key the last stays.
-- Reads:    work.converted (row_no, row_key), work.finding
create or replace table work.dropped as
with rejected as (
    select distinct finding.row_no from work.finding where finding.severity = 'reject'
),
valid as (
    select converted.row_no, converted.row_key
    from work.converted anti join rejected on rejected.row_no = converted.row_no
),
repeated as (
    select valid.row_key, max(valid.row_no) as kept_row
    from valid
    group by valid.row_key
    having count(*) > 1
),
final as (
    select rejected.row_no, 'rejected' as fate, null::varchar as row_key, null::bigint as kept_row
    from rejected
    union all
    select valid.row_no, 'duplicate' as fate, valid.row_key, repeated.kept_row
    from valid inner join repeated on repeated.row_key = valid.row_key
    where valid.row_no <> repeated.kept_row
)
select * from final
