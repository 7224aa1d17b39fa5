-- Question: whose names and numbers are sealed already, before the first snapshot?
-- Grain:    no row.
create or replace table work.sealed (
    row_no bigint, identity blob, name_initials varchar, name_index varchar, number_index varchar
)
