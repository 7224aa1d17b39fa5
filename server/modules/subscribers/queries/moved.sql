-- Question: who appeared, left or changed between two snapshots?
-- Grain:    one row per subscriber that did.
-- Reads:    the two snapshots
-- Params:   $before, $after, their paths
create or replace table work.moved as
with earlier as (
    select subscriber_id, row_hash from read_parquet($before)
),
later as (
    select subscriber_id, row_hash from read_parquet($after)
),
final as (
    select coalesce(later.subscriber_id, earlier.subscriber_id) as subscriber_id,
        case
            when earlier.subscriber_id is null then 'appeared'
            when later.subscriber_id is null then 'gone'
            else 'changed'
        end as fate
    from later full outer join earlier on earlier.subscriber_id = later.subscriber_id
    where earlier.row_hash is distinct from later.row_hash
)
select * from final
