-- Question: which units does the file list?
-- Grain:    one row per row of the file, in its order.
-- Reads:    work.listed (work.converted or work.accepted)
select listed.row_no as "row", listed.unit_id as "unitId", listed.parent_id as "parentId", listed.kind,
    listed.name, listed.division_code as "divisionCode", listed.head_staff_id as "headStaffId",
    listed.valid_from as "validFrom", listed.valid_to as "validTo"
from work.listed
where listed.unit_id is not null
order by listed.row_no
