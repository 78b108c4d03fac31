-- When it came here, by the database's clock: what the age of an outcome is judged by. ended_at is the worker's word.
alter table trial add column stored_at timestamptz not null default now();
update trial set stored_at = least(ended_at, stored_at);

drop index trial_of_measurement;
create index trial_of_measurement on trial (measurement_key, stored_at) where measurement_key is not null;
