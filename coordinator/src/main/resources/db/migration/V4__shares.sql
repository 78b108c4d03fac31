-- What each team used of each pool, by the hour.
create table usage (
    team           text        not null,
    pool           text        not null,
    hour           timestamptz not null,
    trials         bigint      not null,
    training_steps bigint      not null,
    device_seconds double precision not null,
    primary key (team, pool, hour)
);
create index usage_of_pool on usage (pool, hour);

-- What each team used of a pool for its weight, for the fair order of admission: see Share.
create table pool_share (
    pool   text not null,
    team   text not null,
    used   double precision not null default 0,
    active boolean not null default false,
    primary key (pool, team)
);
