-- Where a team wants its events sent. Its secret is needed to sign, and so is stored; it is shown once.
create table webhook (
    webhook_id          uuid primary key,
    team                text        not null,
    url                 text        not null,
    -- types of the events that it wants; empty: all
    events              text[]      not null default '{}',
    secret              text        not null,
    -- signs as well, until its time is over
    former_secret       text,
    former_secret_until timestamptz,
    created_by          text        not null,
    created_at          timestamptz not null default now(),
    -- since the receiver said that it is gone
    disabled_at         timestamptz,
    -- until then a sender has it, or its receiver is left alone
    free_at             timestamptz not null default now()
);
create index webhook_of_team on webhook (team, created_at);

-- An event that a webhook of the team wants, as it is sent.
create table webhook_event (
    id         bigint generated always as identity primary key,
    team       text        not null,
    event_id   text        not null,
    type       text        not null,
    body       text        not null,
    created_at timestamptz not null default now(),
    unique (team, event_id)
);
create index webhook_event_created_at on webhook_event (created_at);

create table webhook_delivery (
    id           bigint generated always as identity primary key,
    webhook_id   uuid        not null references webhook on delete cascade,
    event        bigint      not null references webhook_event on delete cascade,
    state        text        not null default 'PENDING',
    -- since it was made, or was asked for again
    attempts     int         not null default 0,
    -- of the next attempt, if there is to be one
    due_at       timestamptz default now(),
    attempted_at timestamptz,
    -- of the last attempt: the answer of HTTP if there was one, and what went wrong if something did
    status       int,
    fault        text,
    unique (webhook_id, event)
);
create index webhook_delivery_due on webhook_delivery (webhook_id, due_at) where state = 'PENDING';
create index webhook_delivery_page on webhook_delivery (webhook_id, id desc);
create index webhook_delivery_of_event on webhook_delivery (event);
