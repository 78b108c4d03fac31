package io.stepsampler.coordinator.storage;

import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.TrialReference;
import io.stepsampler.messages.json.MeasurementKey;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The table of trials. Every method works in the caller's transaction. */
public final class TrialStore {

    private TrialStore() {}

    /** Whether the trial is new: the same attempt a second time changes nothing. */
    public static boolean insert(Handle transaction, TrialEvent.Finished finished) {
        return transaction
                        .createUpdate("insert into trial (probe_id, attempt, search_id, worker_id, device, outcome,"
                                + " training_steps, device_seconds, ended_at, measurement_key, conditions, reused_from)"
                                + " values (:probeId, :attempt, :searchId, :workerId, :device, :outcome::jsonb,"
                                + " :trainingSteps, :deviceSeconds, :at, :measurementKey, :conditions::jsonb,"
                                + " :reusedFrom::jsonb) on conflict do nothing")
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
}
