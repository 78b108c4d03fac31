-- Since when an event waits for its search, which may never arrive.
alter table early_trial_event add column kept_at timestamptz not null default now();
create index early_trial_event_kept_at on early_trial_event (kept_at);
