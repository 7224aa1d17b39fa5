-- The first million cards of an installation: an index that is built at once costs a third of one that
-- grows row by row. Only while there is no card at all, so nobody's list can miss it; in the transaction
-- that loads the cards, so whatever happens to that, the indexes are there afterwards.
create function subscribers.drop_card_indexes() returns boolean
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
        subscribers.card_by_phone_tail, subscribers.card_by_initials;
    return true;
end $$;

create function subscribers.build_card_indexes() returns void
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- As in 002-card.sql, where the question of each is written.
    create index card_by_end on subscribers.card
        (branch_id, (coalesce(contract_end, date '9999-12-31')), subscriber_id);
    create index card_by_unit on subscribers.card
        (branch_id, unit_id, (coalesce(contract_end, date '9999-12-31')), subscriber_id);
    create index card_by_household on subscribers.card (branch_id, household_id);
    create index card_by_phone_tail on subscribers.card (branch_id, phone_reversed);
    create index card_by_initials on subscribers.card (branch_id, name_initials);
end $$;

revoke all on function subscribers.drop_card_indexes, subscribers.build_card_indexes from public;
grant execute on function subscribers.drop_card_indexes, subscribers.build_card_indexes to gridkeeper_app;
