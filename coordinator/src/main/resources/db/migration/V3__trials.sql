-- How each trial ended, with the loss of every step: the first outcome of an attempt counts.
create table trial (
    probe_id       uuid        not null,
    attempt        int         not null,
    search_id      uuid        not null,
    worker_id      text        not null,
    device         text        not null,
    outcome        jsonb       not null,
    training_steps int         not null,
    device_seconds double precision not null,
    ended_at       timestamptz not null,
    primary key (probe_id, attempt)
);
create index trial_of_search on trial (search_id);

-- What a request with an Idempotency-Key made: the same again is answered with the same search.
create table idempotency (
    team       text        not null,
    key        text        not null,
    digest     text        not null,
    search_id  uuid        not null,
    created_at timestamptz not null default now(),
    primary key (team, key)
);
create index idempotency_created_at on idempotency (created_at);

create index search_page on search (team, submitted_at desc, search_id desc);
drop index search_of_team;
