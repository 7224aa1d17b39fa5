-- Question: with which letter does each character, and each surname, begin when it is spoken?
-- Grain:    one row per character or surname.
-- Reads:    a file of JSON lines that was written for this session
-- Params:   $file
create or replace table work.sound as
select sound.kind, sound.part, sound.initials
from read_json($file, format = 'newline_delimited', columns = {
    kind: 'VARCHAR', part: 'VARCHAR', initials: 'VARCHAR'
}) as sound
