-- Question: which places has the branch on the day?
-- Grain:    one row per place.
-- Reads:    a file of JSON lines that was written for this session
-- Params:   $file
create or replace table work.place as
select place.division_code, place.name, place.kind, place.town_code, place.grid_id
from read_json($file, format = 'newline_delimited', columns = {
    division_code: 'VARCHAR', name: 'VARCHAR', kind: 'VARCHAR', town_code: 'VARCHAR', grid_id: 'VARCHAR'
}) as place
