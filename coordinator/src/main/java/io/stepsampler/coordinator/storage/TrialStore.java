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
import org.jdbi.v3.core.Handle;

/** The table of trials. Every method works in the caller's transaction. */
public final class TrialStore {

    private TrialStore() {}

    /**
     * Whether the trial is new: the same attempt a second time changes nothing, and so does one of a search whose trials
     * were deleted, as it may have been among them.
     */
    public static boolean insert(Handle transaction, TrialEvent.Finished finished) {
        return transaction
                        .createUpdate("insert into trial (probe_id, attempt, search_id, worker_id, device, outcome,"
                                + " training_steps, device_seconds, ended_at, measurement_key, conditions, reused_from)"
                                + " select :probeId, :attempt, :searchId, :workerId, :device, :outcome::jsonb,"
                                + " :trainingSteps, :deviceSeconds, :at, :measurementKey, :conditions::jsonb,"
                                + " :reusedFrom::jsonb where not exists (select 1 from search"
                                + " where search_id = :searchId and trials_deleted_at is not null)"
                                + " on conflict do nothing")
                        .bind("probeId", finished.probeId())
                        .bind("attempt", finished.attempt())
                        .bind("searchId", finished.searchId())
                        .bind("workerId", finished.workerId())
                        .bind("device", finished.conditions().device())
                        .bind("outcome", SearchStore.json(finished.outcome()))
                        .bind("trainingSteps", finished.cost().trainingSteps())
                        .bind("deviceSeconds", finished.cost().deviceSeconds())
                        .bind("at", finished.at())
                        .bind("measurementKey", MeasurementKey.lasting(finished).orElse(null))
                        .bind("conditions", SearchStore.json(MeasurementKey.comparable(finished.conditions())))
                        .bind(
                                "reusedFrom",
                                Optional.ofNullable(finished.reusedFrom())
                                        .map(SearchStore::json)
                                        .orElse(null))
                        .execute()
                == 1;
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
