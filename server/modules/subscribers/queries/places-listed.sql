-- Question: which places does the file list?
-- Grain:    one row per row of the file, in its order.
-- Reads:    work.listed (work.converted or work.accepted)
select listed.row_no as "row", listed.division_code as "divisionCode", listed.name, listed.kind,
    listed.grid_id as "gridId"
from work.listed
where listed.division_code is not null
order by listed.row_no
