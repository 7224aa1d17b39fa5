-- Question: what did a module find wrong with rows of its kind?
-- Grain:    one row per complaint.
-- Reads:    a file of JSON lines that was written for this session
-- Params:   $file
insert into work.finding by name
select found.row_no, found.severity, found.code, found.column_id, found.value
from read_json($file, format = 'newline_delimited', columns = {
    row_no: 'BIGINT', severity: 'VARCHAR', code: 'VARCHAR', column_id: 'VARCHAR', value: 'VARCHAR'
}) as found
