-- A job that somebody asked to cancel stays cancelled when the server dies before it stops.
alter table platform.job add column cancel_asked_at timestamptz;
