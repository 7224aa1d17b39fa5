-- Question: with what do the addresses of the accepted rows begin?
-- Grain:    one row per beginning; there are about as many as villages and compounds.
-- Reads:    work.accepted
create or replace table work.stem as
select distinct work.stem_of(work.local_of(accepted.install_address)) as stem
from work.accepted
where accepted.install_address is not null
