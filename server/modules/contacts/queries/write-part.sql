-- Question: the contacts just streamed, as a part of the lake.
-- Params:   $file
copy (select * from work.contact_part order by contact_id) to $file (format parquet, compression zstd)
