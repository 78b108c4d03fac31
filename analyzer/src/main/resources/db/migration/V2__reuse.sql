-- What the probe asked for, where its outcome may be taken over: see MeasurementKey.
alter table probe add column measurement_key text;
create index probe_of_measurement on probe (measurement_key, ended_at) where measurement_key is not null;
