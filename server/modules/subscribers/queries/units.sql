-- Question: which units has the branch on the day?
-- Grain:    one row per unit.
-- Reads:    a file of JSON lines that was written for this session
-- Params:   $file
create or replace table work.unit as
select unit.unit_id
from read_json($file, format = 'newline_delimited', columns = {unit_id: 'VARCHAR'}) as unit
