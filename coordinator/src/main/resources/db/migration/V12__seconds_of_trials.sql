-- Of device_seconds, those of trials that were run: what a trial takes is not known from those that were taken over.
alter table usage add column trial_seconds double precision not null default 0;
update usage set trial_seconds = device_seconds;
