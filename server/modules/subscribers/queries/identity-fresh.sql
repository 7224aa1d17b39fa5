-- Question: whose names and numbers are to be sealed now, and by what are they found afterwards?
-- Grain:    one row per subscriber whose are.
-- Reads:    work.identity, work.sealed
-- Params:   $inner, $outer, the keys of tokens; $branch
-- A name is found by what it begins with, two to four characters, a number by its last four digits:
-- only whoever has the keys can work out the tokens that stand for them.
create or replace table work.fresh as
with told as (
    select identity.*, left(identity.name, 8) as called,
        [left(identity.name, length) for length in range(2, 5) if length <= length(identity.name)] as beginnings
    from work.identity anti join work.sealed on sealed.row_no = identity.row_no
)
select told.row_no, told.subscriber_id, told.said, told.nonce, told.called,
    list_aggregate(
        [
            left(sha256($outer || sha256($inner || concat_ws(chr(31), 'name', $branch, beginning))), 12)
            for beginning in told.beginnings
        ],
        'string_agg', ''
    ) as name_index,
    left(sha256($outer || sha256($inner || concat_ws(chr(31), 'number', $branch, right(told.number, 4)))), 12) as number_index
from told
