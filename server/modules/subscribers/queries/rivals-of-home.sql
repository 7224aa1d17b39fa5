-- Question: which rivals were seen at a home, and when last?
-- Grain:    one row per operator, the latest first.
-- Reads:    published.competitors
-- Params:   $household
select competitors.operator, competitors.monthly_fee_fen as "monthlyFeeFen",
    competitors.expires_on as "expiresOn", competitors.seen_on as "seenOn"
from published.competitors
where competitors.household_id = $household
order by competitors.seen_on desc, competitors.operator
limit 20
