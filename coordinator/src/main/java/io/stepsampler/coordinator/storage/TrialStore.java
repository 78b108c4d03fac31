package io.stepsampler.coordinator.storage;

import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.TrialReference;
import io.stepsampler.messages.json.MeasurementKey;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table of trials. Every method works in the caller's transaction. */
public final class TrialStore {

    private TrialStore() {}

    /**
     * Those of them that are new: the same attempt a second time changes nothing, and so does one of a search whose trials
     * were deleted, as it may have been among them.
     */
    public static List<TrialEvent.Finished> insert(Handle transaction, List<TrialEvent.Finished> trials) {
        PreparedBatch batch =
                transaction.prepareBatch("insert into trial (probe_id, attempt, search_id, worker_id, device, outcome,"
                        + " training_steps, device_seconds, ended_at, measurement_key, conditions, reused_from)"
                        + " select :probeId, :attempt, :searchId, :workerId, :device, :outcome::jsonb,"
                        + " :trainingSteps, :deviceSeconds, :at, :measurementKey, :conditions::jsonb,"
                        + " :reusedFrom::jsonb where not exists (select 1 from search"
                        + " where search_id = :searchId and trials_deleted_at is not null)"
                        + " on conflict do nothing");
        trials.forEach(trial -> add(batch, trial));
        int[] inserted = batch.execute();
        return IntStream.range(0, inserted.length)
                .filter(row -> inserted[row] == 1)
                .mapToObj(trials::get)
                .toList();
    }

    private static void add(PreparedBatch batch, TrialEvent.Finished trial) {
        batch.bind("probeId", trial.probeId())
                .bind("attempt", trial.attempt())
                .bind("searchId", trial.searchId())
                .bind("workerId", trial.workerId())
                .bind("device", trial.conditions().device())
                .bind("outcome", SearchStore.json(trial.outcome()))
                .bind("trainingSteps", trial.cost().trainingSteps())
                .bind("deviceSeconds", trial.cost().deviceSeconds())
                .bind("at", trial.at())
                .bind("measurementKey", MeasurementKey.lasting(trial).orElse(null))
                .bind("conditions", SearchStore.json(MeasurementKey.comparable(trial.conditions())))
                .bind(
                        "reusedFrom",
                        Optional.ofNullable(trial.reusedFrom())
                                .map(SearchStore::json)
                                .orElse(null))
                .add();
    }

    /** In the order in which they ended. */
    public static List<StoredTrial> ofSearch(Handle transaction, UUID searchId) {
        return transaction
                .createQuery("select * from trial where search_id = :searchId order by ended_at, probe_id, attempt")
                .bind("searchId", searchId)
                .map((row, context) -> new StoredTrial(
                        row.getObject("probe_id", UUID.class),
                        row.getInt("attempt"),
                        row.getString("worker_id"),
                        row.getString("device"),
                        SearchStore.parse(row.getString("outcome"), Outcome.class),
                        row.getInt("training_steps"),
                        row.getDouble("device_seconds"),
                        row.getObject("ended_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getString("reused_from"))
                                .map(json -> SearchStore.parse(json, TrialReference.class))
                                .orElse(null)))
                .list();
    }

    /** When the trials of a search were deleted; empty where they are kept. */
    public static Optional<Instant> deletedAt(Handle transaction, UUID searchId) {
        return transaction
                .createQuery("select trials_deleted_at from search"
                        + " where search_id = :searchId and trials_deleted_at is not null")
                .bind("searchId", searchId)
                .mapTo(Instant.class)
                .findOne();
    }

    /**
     * Deletes the trials of searches that ended longer ago than they are kept.
     *
     * @param atMost so many searches
     * @return how many searches it were
     */
    public static int deleteOld(Handle transaction, Duration kept, int atMost) {
        return transaction
                .createUpdate("with old as (select search_id from search where trials_deleted_at is null"
                        + " and finished_at < now() - make_interval(secs => :seconds)"
                        + " order by finished_at limit :atMost for update skip locked),"
                        + " gone as (delete from trial using old where trial.search_id = old.search_id)"
                        + " update search set trials_deleted_at = now() from old"
                        + " where search.search_id = old.search_id")
                .bind("seconds", (double) kept.toSeconds())
                .bind("atMost", atMost)
                .execute();
    }
}
