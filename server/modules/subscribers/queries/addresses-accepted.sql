-- Question: which addresses do the accepted rows name?
-- Grain:    one row per accepted row that has one.
-- Reads:    work.accepted
create or replace view work.address_in as
select accepted.install_address as address from work.accepted where accepted.install_address is not null
