-- When what tells of people was emptied in a snapshot whose time was over; null while it stands whole.
alter table subscribers.snapshot add column forgotten_at timestamptz;
grant update (forgotten_at) on subscribers.snapshot to gridkeeper_app;
