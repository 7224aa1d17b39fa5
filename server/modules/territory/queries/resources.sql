-- Question: which network resources are there at which place?
-- Grain:    one row per place and way of access
create or replace table published.resources (
    branch_id varchar, division_code varchar, address varchar, access_type varchar,
    two_way boolean, ports_total integer, ports_free integer, max_mbps integer, as_of date
)
