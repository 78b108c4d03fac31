-- The oldest of each team that waits for a pool, without reading the whole queue.
create index search_waiting_of_team on search (pool, team, submitted_at, search_id) where state = 'QUEUED';
drop index search_waiting;
