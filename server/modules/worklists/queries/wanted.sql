-- Question: the wishes found, by number.
-- Grain:    one row per wish.
-- Reads:    work.wish
select wish.campaign, wish.town_code as "townCode", wish.touchpoints
from work.wish as wish
order by wish.wish
