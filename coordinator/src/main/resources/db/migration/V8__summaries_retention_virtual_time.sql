-- What lists show of a finding, so that they need not read the whole.
alter table search add column recommended_learning_rate double precision
    generated always as ((finding ->> 'recommendedLearningRate')::double precision) stored;
create index search_page_of_state on search (team, state, submitted_at desc, search_id desc);
