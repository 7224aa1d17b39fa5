-- Question: why was each of these rows rejected?
-- Grain:    one row per rejected row, in the order of the file; the first $limit after $after.
-- Reads:    work.finding, work.reject_cells (row_no, cells)
-- Params:   $after, $limit
with page as (
    select reject_cells.row_no, reject_cells.cells
    from work.reject_cells
    where reject_cells.row_no > $after
    order by reject_cells.row_no
    limit $limit
),
reasons as (
    select finding.row_no,
        list({'code': finding.code, 'column_id': finding.column_id, 'value': finding.value}
            order by finding.severity, finding.column_id, finding.code) as reasons
    from work.finding semi join page on page.row_no = finding.row_no
    where finding.severity = 'reject'
    group by finding.row_no
)
select page.row_no, page.cells, reasons.reasons
from page inner join reasons on reasons.row_no = page.row_no
order by page.row_no
