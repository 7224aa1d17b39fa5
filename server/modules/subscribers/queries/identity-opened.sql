-- Question: which names and numbers does each subscriber have, whose cell was opened?
-- Grain:    one row per subscriber that has any.
-- Reads:    the files of opened cells
-- Params:   $files, a pattern; $inner, $outer, the keys of tokens; $branch
-- The order in `said` is that of SEALED_COLUMNS in identity.ts.
create or replace table work.identity as
with told as (
    select opened.row_no, opened.subscriber_id, opened.cell as said, string_split(opened.cell, chr(31)) as parts
    from read_json($files, format = 'newline_delimited', columns = {
        row_no: 'BIGINT', subscriber_id: 'VARCHAR', cell: 'VARCHAR'
    }) as opened
),
final as (
    select told.row_no, told.subscriber_id, told.said,
        coalesce(nullif(told.parts[1], ''), nullif(told.parts[2], '')) as name,
        coalesce(nullif(told.parts[4], ''), nullif(told.parts[5], '')) as number,
        left(sha256($outer || sha256($inner || concat_ws(chr(31), $branch, strlen(told.subscriber_id), told.subscriber_id, told.said))), 24) as nonce
    from told
)
select * from final
