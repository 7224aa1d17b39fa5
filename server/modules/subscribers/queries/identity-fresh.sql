-- Question: whose names and numbers are to be sealed now?
-- Grain:    one row per subscriber whose are.
-- Reads:    work.identity, work.sealed
create or replace table work.fresh as
select identity.*, left(identity.name, 8) as called, left(identity.name, 4) as beginning, right(identity.number, 4) as tail
from work.identity anti join work.sealed on sealed.row_no = identity.row_no
