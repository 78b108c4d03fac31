-- Messages that wait to be sent: written in the transaction that decides them, deleted when Kafka has them.
create table outbox (
    id           bigint generated always as identity primary key,
    topic        text        not null,
    message_key  text        not null,
    content_type text        not null,
    payload      text        not null,
    created_at   timestamptz not null default now(),
    -- how often it could not be sent, and when it is tried again
    attempts     int         not null default 0,
    due_at       timestamptz not null default now()
);

-- Messages that have taken effect: a second arrival changes nothing.
create table inbox (
    message_id  text primary key,
    received_at timestamptz not null default now()
);
create index inbox_received_at on inbox (received_at);
