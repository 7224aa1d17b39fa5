-- Question: the sealed names and numbers of everybody, with what they are found by.
-- Grain:    adds one row per subscriber of work.fresh to work.sealed.
-- Reads:    work.fresh, work.initials, the files of sealed cells
-- Params:   $files, a pattern
insert into work.sealed
select fresh.row_no, unhex(sealed.cell) as identity, coalesce(initials.initials, '') as name_initials, fresh.name_index, fresh.number_index
from work.fresh
inner join read_json($files, format = 'newline_delimited', columns = {
    row_no: 'BIGINT', subscriber_id: 'VARCHAR', cell: 'VARCHAR'
}) as sealed on sealed.row_no = fresh.row_no
left join work.initials on initials.called = fresh.called
