-- Every order of a list, at any level of the tree, comes out of an index; and the expiry calendar out of
-- a table that is as long as a branch has days and units.
drop index subscribers.card_by_initials;
-- Whose name begins with these sounds? Lists by name.
create index card_by_name on subscribers.card (branch_id, (coalesce(name_initials, '')), subscriber_id);
-- Lists by monthly fee, and by arrears.
create index card_by_fee on subscribers.card (branch_id, (coalesce(monthly_fee_fen, 0)), subscriber_id);
create index card_by_arrears on subscribers.card (branch_id, (coalesce(arrears_fen, 0)), subscriber_id);
-- Who lives at these places?
create index card_by_place on subscribers.card (branch_id, place_code);

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
        subscribers.card_by_phone_tail, subscribers.card_by_name, subscribers.card_by_fee,
        subscribers.card_by_arrears, subscribers.card_by_place;
    return true;
end $$;

create or replace function subscribers.build_card_indexes() returns void
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- As above and in 002-card.sql, where the question of each is written.
    create index card_by_end on subscribers.card
        (branch_id, (coalesce(contract_end, date '9999-12-31')), subscriber_id);
    create index card_by_unit on subscribers.card
        (branch_id, unit_id, (coalesce(contract_end, date '9999-12-31')), subscriber_id);
    create index card_by_household on subscribers.card (branch_id, household_id);
    create index card_by_phone_tail on subscribers.card (branch_id, phone_reversed);
    create index card_by_name on subscribers.card (branch_id, (coalesce(name_initials, '')), subscriber_id);
    create index card_by_fee on subscribers.card (branch_id, (coalesce(monthly_fee_fen, 0)), subscriber_id);
    create index card_by_arrears on subscribers.card (branch_id, (coalesce(arrears_fen, 0)), subscriber_id);
    create index card_by_place on subscribers.card (branch_id, place_code);
end $$;

-- How many contracts that can be renewed end in a unit on a day, and what they bring a month: the sums
-- of the cards, written with them. Renewable are the active and the suspended.
create table subscribers.ending (
    branch_id       text   not null,
    unit_id         text   not null,
    ends_on         date   not null,                    -- 9999-12-31: no end was delivered, or it is open
    card_count      bigint not null check (card_count > 0),
    monthly_fee_fen bigint not null,
    primary key (branch_id, unit_id, ends_on)
);
alter table subscribers.ending enable row level security, force row level security;
create policy in_scope on subscribers.ending using (
    branch_id = any ((select people.branches_in_scope())::text[])
    and unit_id = any ((select people.units_in_scope())::text[])
);
grant select, insert, delete on subscribers.ending to gridkeeper_app;

insert into subscribers.ending (branch_id, unit_id, ends_on, card_count, monthly_fee_fen)
select branch_id, unit_id, coalesce(contract_end, date '9999-12-31'), count(*), coalesce(sum(monthly_fee_fen), 0)
  from subscribers.card
 where status in ('active', 'suspended_by_user', 'suspended_for_arrears')
 group by 1, 2, 3;
