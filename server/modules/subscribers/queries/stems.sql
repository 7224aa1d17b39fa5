-- Question: with what do the addresses of the accepted rows begin?
-- Grain:    one row per beginning; there are about as many as villages and compounds.
-- Reads:    work.spelt
create or replace table work.stem as
select distinct spelt.stem from work.spelt where spelt.stem is not null
