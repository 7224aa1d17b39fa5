-- Question: what do the cards of those who appeared or changed say now?
-- Grain:    one row per subscriber.
-- Reads:    work.moved, work.later (a snapshot), work.place, work.unit
-- Params:   $branch
select later.subscriber_id, later.household_id,
    coalesce(place.grid_id, home_unit.unit_id, $branch) as unit_id,
    later.place_code, later.grid_code,
    '\x' || lower(hex(later.identity)) as identity,
    replace(later.install_address, chr(0), '') as address,
    later.status,
    later.product_type as product,
    coalesce(later.main_plan_name, later.offer_name) as plan,
    later.plan_monthly_fee as monthly_fee_fen,
    later.contract_end,
    later.arrears_fee as arrears_fen,
    later.tenure_months,
    later.name_initials,
    later.name_index,
    later.number_index
from work.later
semi join work.moved on moved.subscriber_id = later.subscriber_id and moved.fate <> 'gone'
left join work.place on place.division_code = later.place_code and place.grid_id <> $branch
left join work.unit as home_unit on home_unit.unit_id = later.grid_code
