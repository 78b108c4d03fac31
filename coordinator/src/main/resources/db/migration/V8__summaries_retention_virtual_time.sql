-- What lists show of a finding, so that they need not read the whole.
alter table search add column recommended_learning_rate double precision
    generated always as ((finding ->> 'recommendedLearningRate')::double precision) stored;
create index search_page_of_state on search (team, state, submitted_at desc, search_id desc);

-- Trials are kept for a while after the end of their search; the search says that they are gone.
alter table search add column trials_deleted_at timestamptz;
create index search_with_trials_to_delete on search (finished_at)
    where finished_at is not null and trials_deleted_at is null;

-- The first key was kept here; it is in the settings alone.
update api_key set revoked_at = coalesce(revoked_at, now()) where created_by = 'the deployment';

-- How far a pool has come, for whoever comes back to it: see Share.
create table pool_time (
    pool         text primary key,
    virtual_time double precision not null
);
