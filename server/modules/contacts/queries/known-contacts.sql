-- Question: which contacts does the ledger tell that no part of the lake has yet?
-- Grain:    one row per contact
-- Params:   $csv, a file with a header
create or replace table work.known_contact as
select contact_id
from read_csv($csv, header = true, delim = ',', quote = '"', escape = '"', columns = {
    contact_id: 'VARCHAR'
})
