-- Question: how many appeared, left and changed?
-- Grain:    one row.
-- Reads:    work.moved
select
    count(*) filter (where moved.fate = 'appeared')::integer as appeared,
    count(*) filter (where moved.fate = 'gone')::integer as gone,
    count(*) filter (where moved.fate = 'changed')::integer as changed
from work.moved
