-- Keys of programs: of a secret, its digest alone is kept.
create table api_key (
    key_id     text primary key,
    name       text        not null,
    team       text        not null,
    role       text        not null,
    digest     bytea       not null,
    created_by text        not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked_at timestamptz
);
create index api_key_of_team on api_key (team, created_at);

-- Who changed what: written in the transaction of the change, never changed.
create table audit (
    id      bigint generated always as identity primary key,
    at      timestamptz not null default now(),
    caller  text        not null,
    team    text        not null,
    action  text        not null,
    subject text        not null
);
create index audit_of_team on audit (team, id);
