-- Question: how many contracts that can be renewed end in each unit on each day?
-- Grain:    one row per unit and day; 9999-12-31 stands for no end, or an open one.
-- Reads:    work.later (a snapshot), work.place, work.unit: as cards.sql places them
-- Params:   $branch
select coalesce(place.grid_id, home_unit.unit_id, $branch) as unit_id,
    coalesce(later.contract_end, date '9999-12-31') as ends_on,
    count(*) as card_count,
    coalesce(sum(later.plan_monthly_fee), 0)::bigint as monthly_fee_fen
from work.later
left join work.place on place.division_code = later.place_code and place.grid_id <> $branch
left join work.unit as home_unit on home_unit.unit_id = later.grid_code
where later.status in ('active', 'suspended_by_user', 'suspended_for_arrears')
group by 1, 2
