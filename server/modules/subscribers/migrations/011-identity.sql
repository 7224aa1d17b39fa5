-- Names and numbers are kept as one sealed cell (AES-256-GCM under a key outside the data folder), and
-- found by tokens that only whoever has the keys can work out. What was here in clear text goes; the next
-- start seals what the snapshots say and fills the cards again (docs/decisions/0014).
drop index subscribers.card_by_phone_tail;
alter table subscribers.card
    drop column name,
    drop column phone,
    drop column phone_reversed,
    add column identity bytea,
    add column name_index text collate "C",      -- of its first 2, 3 and 4 characters, 12 digits each
    add column number_index text collate "C";    -- of its last 4 digits

-- Of the key that sealed the names and numbers of a snapshot; null: in clear text, or without any.
alter table subscribers.snapshot add column key_id text check (key_id ~ '^[0-9a-f]{8}$');
grant update (key_id) on subscribers.snapshot to gridkeeper_app;

create or replace function subscribers.drop_card_indexes() returns boolean
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from subscribers.card) then
        return false;
    end if;
    lock table subscribers.card in access exclusive mode;
    if exists (select from subscribers.card) then
        return false;
    end if;
    drop index subscribers.card_by_end, subscribers.card_by_unit, subscribers.card_by_household,
        subscribers.card_by_number, subscribers.card_by_name, subscribers.card_by_name_index,
        subscribers.card_by_fee, subscribers.card_by_arrears, subscribers.card_by_place;
    return true;
end $$;

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
    create index card_by_number on subscribers.card (branch_id, number_index);
    -- Whose name begins with these sounds? Lists by name.
    create index card_by_name on subscribers.card (branch_id, sounds, subscriber_id);
    -- Whose name begins with these characters?
    create index card_by_name_index on subscribers.card (branch_id, name_index);
    -- Lists by monthly fee, and by arrears.
    create index card_by_fee on subscribers.card (branch_id, fee_fen, subscriber_id);
    create index card_by_arrears on subscribers.card (branch_id, owed_fen, subscriber_id);
    -- Who lives at these places?
    create index card_by_place on subscribers.card (branch_id, place_code);
end $$;

create index card_by_number on subscribers.card (branch_id, number_index);
create index card_by_name_index on subscribers.card (branch_id, name_index);
