-- Question: the sealed names and numbers of everybody, with what they are found by.
-- Grain:    adds one row per subscriber of work.fresh to work.sealed.
-- Reads:    work.fresh, work.initials, work.name_token, work.number_token, the files of sealed cells
-- Params:   $files, a pattern
insert into work.sealed
select fresh.row_no, unhex(sealed.cell) as identity, coalesce(initials.initials, '') as name_initials,
    name_token.token as name_index, number_token.token as number_index
from work.fresh
inner join read_json($files, format = 'newline_delimited', columns = {
    row_no: 'BIGINT', subscriber_id: 'VARCHAR', cell: 'VARCHAR'
}) as sealed on sealed.row_no = fresh.row_no
left join work.initials on initials.called = fresh.called
left join work.name_token on name_token.beginning = fresh.beginning
left join work.number_token on number_token.tail = fresh.tail
