-- What a team's last searches of a pool cost, however many other teams had there.
create index search_finished_of_team on search (team, pool, finished_at desc) where finished_at is not null;
