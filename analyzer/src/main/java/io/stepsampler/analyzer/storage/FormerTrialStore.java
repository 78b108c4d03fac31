package io.stepsampler.analyzer.storage;

import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.TrialReference;
import io.stepsampler.messages.json.MeasurementKey;
import io.stepsampler.method.KnownDigests;
import java.time.Duration;
import java.util.List;
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
                .createQuery("select finished from (select distinct on (finished -> 'conditions')"
                        + " finished, ended_at, probe_id from probe"
                        + " where measurement_key = :measurementKey and finished -> 'conditions' @> :known::jsonb"
                        + " and ended_at > now() - make_interval(secs => :seconds)"
                        + " order by finished -> 'conditions', ended_at desc) newest"
                        + " order by ended_at desc, probe_id limit :most")
                .bind("measurementKey", measurementKey)
                .bind("known", SearchStore.json(known))
                .bind("seconds", (double) youngerThan.toSeconds())
                .bind("most", MOST)
                .map((row, context) -> former(SearchStore.parse(row.getString("finished"), TrialEvent.Finished.class)))
                .list();
    }

    private static FormerTrial former(TrialEvent.Finished finished) {
        return new FormerTrial(
                new TrialReference(finished.searchId(), finished.probeId()),
                MeasurementKey.comparable(finished.conditions()),
                finished.outcome());
    }
}
