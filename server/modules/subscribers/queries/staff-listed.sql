-- Question: which people does the file list?
-- Grain:    one row per row of the file, in its order.
-- Reads:    work.listed (work.converted or work.accepted)
select listed.row_no as "row", listed.staff_id as "staffId", listed.name, listed.phone, listed.account,
    coalesce(listed.roles, []) as roles, listed.unit_id as "unitId", coalesce(listed.skills, []) as skills,
    listed.capacity_door as "capacityDoor", listed.capacity_call as "capacityCall",
    listed.capacity_hall as "capacityHall", listed.capacity_install as "capacityInstall",
    listed.days, listed.valid_from as "validFrom", listed.valid_to as "validTo", listed.agency,
    listed.extension
from work.listed
where listed.staff_id is not null
order by listed.row_no
