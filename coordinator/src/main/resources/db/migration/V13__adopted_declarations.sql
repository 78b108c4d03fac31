-- adopted: callers made it and files declare it; it is theirs again when no file does.
-- leaving: no file declares it any more; it is removed when nothing uses it.
alter table declaration
    add column adopted boolean not null default false,
    add column leaving boolean not null default false;
