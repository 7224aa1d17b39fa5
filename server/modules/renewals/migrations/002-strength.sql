-- How good the word is that a reason rests on: 0, asked and not learned; 1, as a result goes, such as
-- moved; 2, as they said, or as somebody recorded it. A weaker one never takes the place of a better.
alter table renewals.lapse_reason
    add column strength smallint not null default 2 check (strength between 0 and 2);
alter table renewals.lapse_reason alter column strength drop default;

alter table renewals.lapsed add column strength smallint check (strength between 0 and 2);
-- The owner of the tables has no scope, whoever that is.
alter table renewals.lapsed no force row level security;
update renewals.lapsed set strength = 2 where reason is not null;
alter table renewals.lapsed force row level security;
alter table renewals.lapsed
    add constraint lapsed_strength_check1 check ((strength is null) = (reason is null));
grant update (strength) on renewals.lapsed to gridkeeper_app;
