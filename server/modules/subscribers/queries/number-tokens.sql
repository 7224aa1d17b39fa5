-- Question: which token stands for the last four digits of a number?
-- Grain:    one row per distinct end of a number that is sealed now.
-- Reads:    work.fresh
-- Params:   $inner, $outer, the keys of tokens; $branch
create or replace table work.number_token as
with tails as (
    select distinct fresh.tail from work.fresh where fresh.tail is not null
)
select tails.tail, left(sha256($outer || sha256($inner || concat_ws(chr(31), 'number', $branch, tails.tail))), 12) as token
from tails
