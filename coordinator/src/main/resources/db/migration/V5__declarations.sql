-- Teams, pools, templates and triggers. The team of a team and of a pool is the empty text.
create table declaration (
    kind       text        not null,
    team       text        not null,
    name       text        not null,
    document   jsonb       not null,
    -- API: who calls may change it; DEPLOYMENT: its files and settings alone
    owner      text        not null,
    changed_at timestamptz not null default now(),
    primary key (kind, team, name)
);

-- One more with every change: tells replicas when to look again, and lets one change at a time be made.
create table declaration_version (
    version bigint not null
);
insert into declaration_version values (0);

create index search_of_team_in_state on search (team, state) where state in ('QUEUED', 'RUNNING');
create index usage_of_team on usage (team, hour);
create index search_finished on search (pool, finished_at desc) where finished_at is not null;
