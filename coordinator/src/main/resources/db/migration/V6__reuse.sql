-- What the probe asked for, where its outcome may be taken over, and under which conditions: see MeasurementKey.
alter table trial add column measurement_key text;
alter table trial add column conditions jsonb;
create index trial_of_measurement on trial (measurement_key, ended_at) where measurement_key is not null;

-- The earlier trial whose outcome this is.
alter table trial add column reused_from jsonb;
