-- Question: which contacts does the ledger tell, and of which household today?
-- Grain:    one row per contact; the household of the subscriber today, else the one recorded
-- Reads:    work.contact_part, published.subscribers
create or replace table published.contacts as
with told as (
    select * from work.contact_part
),
final as (
    select
        told.* exclude (household_id),
        coalesce(subscribers.household_id, told.household_id) as household_id,
        told.household_id as recorded_household_id
    from told
    left join published.subscribers on subscribers.subscriber_id = told.subscriber_id
)
select * from final;
drop table work.contact_part
