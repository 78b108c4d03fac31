package io.stepsampler.coordinator.storage;

import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.messages.TrialReference;
import io.stepsampler.method.KnownDigests;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Trials whose outcomes may be taken over. Every method works in the caller's transaction. */
public final class FormerTrialStore {

    private static final int MOST = 32;

    private FormerTrialStore() {}

    /**
     * The newest trial under each of the conditions, the newest of all first.
     *
     * @param known what their conditions must agree with
     */
    public static List<FormerTrial> find(
            Handle transaction, String measurementKey, KnownDigests known, Duration youngerThan) {
        return transaction
                .createQuery("select * from (select distinct on (conditions)"
                        + " search_id, probe_id, conditions, outcome, ended_at from trial"
                        + " where measurement_key = :measurementKey and conditions @> :known::jsonb"
                        + " and ended_at > now() - make_interval(secs => :seconds)"
                        + " order by conditions, ended_at desc) newest"
                        + " order by ended_at desc, probe_id limit :most")
                .bind("measurementKey", measurementKey)
                .bind("known", SearchStore.json(known))
                .bind("seconds", (double) youngerThan.toSeconds())
                .bind("most", MOST)
                .map((row, context) -> new FormerTrial(
                        new TrialReference(
                                row.getObject("search_id", UUID.class), row.getObject("probe_id", UUID.class)),
                        SearchStore.parse(row.getString("conditions"), Conditions.class),
                        SearchStore.parse(row.getString("outcome"), Outcome.class)))
                .list();
    }
}
