-- One more with every change of the search or of its probes: tells whether what a service remembers of them still holds.
alter table search add column version bigint not null default 0;
