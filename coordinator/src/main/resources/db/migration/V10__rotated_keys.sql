-- When another key was made in its place.
alter table api_key add column rotated_at timestamptz;

-- Replaced by what is counted by trial.
alter table search drop column device_seconds;
