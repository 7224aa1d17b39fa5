-- What a screen or a pop-up needs to know of one subscriber. Follows the difference between two
-- snapshots; names and numbers are in clear text here and leave the server masked.
create table subscribers.card (
    branch_id        text    not null,
    subscriber_id    text    not null,
    household_id     text    not null,
    unit_id          text    not null,      -- the grid of the place, else the delivered grid, else the branch
    place_code       text,
    grid_code        text,
    name             text,
    phone            text,
    address          text,
    status           text    not null,
    product          text,
    plan             text,
    monthly_fee_fen  bigint,
    contract_end     date,
    arrears_fen      bigint,
    tenure_months    integer,
    name_initials    text collate "C",      -- 张某三 → zms
    phone_reversed   text collate "C",      -- so that the last digits are a beginning
    primary key (branch_id, subscriber_id)
);
-- Lists of a branch by the end of the contract; who ends in these days?
create index card_by_end on subscribers.card
    (branch_id, (coalesce(contract_end, date '9999-12-31')), subscriber_id);
-- The same inside a hall or a grid; how many belong to it?
create index card_by_unit on subscribers.card
    (branch_id, unit_id, (coalesce(contract_end, date '9999-12-31')), subscriber_id);
-- Who lives here?
create index card_by_household on subscribers.card (branch_id, household_id);
-- Whose number ends in these digits?
create index card_by_phone_tail on subscribers.card (branch_id, phone_reversed);
-- Whose name begins with these sounds?
create index card_by_initials on subscribers.card (branch_id, name_initials);

alter table subscribers.card enable row level security, force row level security;
create policy in_scope on subscribers.card using (
    branch_id = any ((select people.branches_in_scope())::text[])
    and unit_id = any ((select people.units_in_scope())::text[])
);
grant select, insert, update, delete on subscribers.card to gridkeeper_app;
