-- Question: which tokens stand for what a name begins with, two to four characters?
-- Grain:    one row per distinct beginning of a name that is sealed now.
-- Reads:    work.fresh
-- Params:   $inner, $outer, the keys of tokens; $branch
create or replace table work.name_token as
with beginnings as (
    select distinct fresh.beginning from work.fresh where length(fresh.beginning) >= 2
)
select beginnings.beginning,
    list_aggregate(
        [
            left(sha256($outer || sha256($inner || concat_ws(chr(31), 'name', $branch, left(beginnings.beginning, length)))), 12)
            for length in range(2, length(beginnings.beginning) + 1)
        ],
        'string_agg', ''
    ) as token
from beginnings
