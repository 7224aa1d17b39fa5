-- Question: which contacts has the ledger just streamed?
-- Grain:    one row per contact
-- Params:   $csv, a file with a header
create or replace table work.contact_part as
select * from read_csv($csv, header = true, delim = ',', quote = '"', escape = '"', columns = {
    branch_id: 'VARCHAR', contact_id: 'VARCHAR', subscriber_id: 'VARCHAR', household_id: 'VARCHAR',
    happened_at: 'TIMESTAMPTZ', day: 'DATE', channel: 'VARCHAR', direction: 'VARCHAR',
    purpose: 'VARCHAR', staff_id: 'VARCHAR', result: 'VARCHAR', reason: 'VARCHAR',
    scope: 'VARCHAR', offer: 'VARCHAR', until: 'DATE', note: 'VARCHAR'
})
