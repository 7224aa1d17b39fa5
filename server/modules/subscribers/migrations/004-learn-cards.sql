-- Whoever fills the cards of a branch tells the planner at once how many there are: without it, a
-- policy's list of units looks like a handful of rows, and one deletion reads them all. Only the owner
-- may analyze.
create function subscribers.learn_cards() returns void
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    analyze subscribers.card;
end $$;
revoke all on function subscribers.learn_cards from public;
grant execute on function subscribers.learn_cards to gridkeeper_app;
