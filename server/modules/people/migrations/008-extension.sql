-- At which extension the call platform rings a person before it rings a subscriber; null: none was given.
alter table people.staff add column extension text check (extension ~ '^[0-9]{2,12}$');
