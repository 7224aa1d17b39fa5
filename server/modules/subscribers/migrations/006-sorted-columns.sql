-- What lists are sorted and narrowed by, as columns that are never null: of an expression such as
-- coalesce row-level security assumes that it might tell what it sees, and keeps it out of the index.
alter table subscribers.card
    add column ends_on date not null
        generated always as (coalesce(contract_end, date '9999-12-31')) stored,
    add column sounds text collate "C" not null generated always as (coalesce(name_initials, '')) stored,
    add column fee_fen bigint not null generated always as (coalesce(monthly_fee_fen, 0)) stored,
    add column owed_fen bigint not null generated always as (coalesce(arrears_fen, 0)) stored;

create or replace function subscribers.build_card_indexes() returns void
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- Lists of a branch by the end of the contract; who ends in these days?
    create index card_by_end on subscribers.card (branch_id, ends_on, subscriber_id);
    -- The same inside a hall or a grid; how many belong to it?
    create index card_by_unit on subscribers.card (branch_id, unit_id, ends_on, subscriber_id);
    -- Who lives here?
    create index card_by_household on subscribers.card (branch_id, household_id);
    -- Whose number ends in these digits?
    create index card_by_phone_tail on subscribers.card (branch_id, phone_reversed);
    -- Whose name begins with these sounds? Lists by name.
    create index card_by_name on subscribers.card (branch_id, sounds, subscriber_id);
    -- Lists by monthly fee, and by arrears.
    create index card_by_fee on subscribers.card (branch_id, fee_fen, subscriber_id);
    create index card_by_arrears on subscribers.card (branch_id, owed_fen, subscriber_id);
    -- Who lives at these places?
    create index card_by_place on subscribers.card (branch_id, place_code);
end $$;

drop index subscribers.card_by_end, subscribers.card_by_unit, subscribers.card_by_household,
    subscribers.card_by_phone_tail, subscribers.card_by_name, subscribers.card_by_fee,
    subscribers.card_by_arrears, subscribers.card_by_place;
select subscribers.build_card_indexes();
