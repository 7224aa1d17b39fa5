-- A secret that is replaced signs along for a while, so that a receiver can change over.
alter table platform.webhook
    add column secret_before text,              -- sealed like the other
    add column secret_before_until timestamptz,
    add check ((secret_before is null) = (secret_before_until is null));
