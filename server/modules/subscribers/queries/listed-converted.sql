-- Question: which rows does the file list, those that will be left out included?
-- Grain:    one row per row of the file.
-- Reads:    work.converted
create or replace view work.listed as select converted.* from work.converted
