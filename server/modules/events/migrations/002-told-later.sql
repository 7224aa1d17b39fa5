-- What was told of an event where there is no network, and arrives later.
alter table events.proof
    add column told_at timestamptz;      -- when it was told, by the clock put right; null: as it was recorded
alter table events.report
    add column told_at timestamptz,
    -- Told without a network while somebody else reported: kept, and it is not what came of the event.
    add column is_beside boolean not null default false;
