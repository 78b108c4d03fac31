-- When the probes of a search were deleted, which are kept for a time after its end.
alter table search add column probes_deleted_at timestamptz;
create index search_with_probes on search (finished_at) where probes_deleted_at is null;
