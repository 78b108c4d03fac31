-- The training run whose checkpoint a search starts from, and how far it was.
alter table search
    add column series_name text generated always as (specification #>> '{series,name}') stored,
    add column series_step bigint generated always as ((specification #>> '{series,step}')::bigint) stored;
create index search_of_series on search (team, series_name, series_step, submitted_at desc)
    where series_name is not null;
