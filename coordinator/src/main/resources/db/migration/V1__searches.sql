create table search (
    search_id      uuid primary key,
    team           text        not null,
    pool           text        not null,
    name           text,
    specification  jsonb       not null,
    state          text        not null,
    -- of the messages on topic searches
    revision       bigint      not null default 0,
    -- of the last message on topic curves that was taken
    curve_revision bigint      not null default 0,
    grid_sent      boolean     not null default false,
    finding        jsonb       not null,
    -- what the finding's cost says, for the fair order of admission
    device_seconds double precision not null default 0,
    -- probes that were sent and have not ended
    outstanding    int         not null default 0,
    submitted_at   timestamptz not null default now(),
    finished_at    timestamptz
);
create index search_waiting on search (pool, submitted_at) where state = 'QUEUED';
create index search_running on search (pool) where state = 'RUNNING';
create index search_of_team on search (team, submitted_at desc);

create table worker (
    worker_id text primary key,
    pool      text        not null,
    slots     int         not null,
    busy      int         not null,
    device    text        not null,
    version   text        not null,
    seen_at   timestamptz not null default now()
);
create index worker_of_pool on worker (pool, seen_at);
