-- Question: which complaints do the rows of this file give, how often, and where first?
-- Grain:    one row per code, column and severity; for a warning only rows that are accepted count.
-- Reads:    work.finding, work.dropped
with counted as (
    select finding.severity, finding.code, finding.column_id, finding.row_no, finding.value
    from work.finding left join work.dropped on dropped.row_no = finding.row_no
    where finding.severity = 'reject' or dropped.row_no is null
),
final as (
    select counted.severity, counted.code, counted.column_id,
        count(distinct counted.row_no)::integer as row_count,
        min(counted.row_no) as example_row,
        arg_min(counted.value, counted.row_no) as example_value
    from counted
    group by counted.severity, counted.code, counted.column_id
)
select * from final order by severity, row_count desc, code, column_id
