create table search (
    search_id       uuid primary key,
    team            text        not null,
    pool            text        not null,
    specification   jsonb       not null,
    state           text        not null,
    -- of the coordinator's message that this row was last set by
    revision        bigint      not null,
    -- of the curve, one more with every change
    curve_revision  bigint      not null default 0,
    admitted_at     timestamptz not null default now(),
    finished_at     timestamptz
);

create table probe (
    probe_id      uuid primary key,
    search_id     uuid             not null references search,
    round         int              not null,
    purpose       text             not null,
    learning_rate double precision not null,
    seed          bigint           not null,
    steps         int              not null,
    -- PLANNED, STARTED, ENDED or CANCELLED
    state         text             not null default 'PLANNED',
    -- how often it was sent, and how many trials of it began
    issues        int              not null default 1,
    starts        int              not null default 0,
    issued_at     timestamptz      not null default now(),
    started_at    timestamptz,
    ended_at      timestamptz,
    -- the message that ended it
    finished      jsonb
);
create index probe_of_search on probe (search_id);
create index probe_open on probe (state) where state in ('PLANNED', 'STARTED');

-- What a worker said of a search that is not known yet: topics have no order between them.
create table early_trial_event (
    id        bigint generated always as identity primary key,
    search_id uuid  not null,
    event     jsonb not null
);
create index early_trial_event_of_search on early_trial_event (search_id);
