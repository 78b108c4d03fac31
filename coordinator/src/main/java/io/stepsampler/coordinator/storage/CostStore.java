package io.stepsampler.coordinator.storage;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What searches cost that are over. Every method works in the caller's transaction. */
public final class CostStore {

    private static final int SEARCHES = 50;

    /** Among so many that ended last on the pool: who looks for a rare family must not read all that there ever was. */
    private static final int LOOKED_AT = 500;

    private CostStore() {}

    /** Of the last searches that found an answer and took nothing over, together. */
    public record Spent(int searches, long probes, long trainingSteps, double deviceSeconds) {}

    /**
     * @param family of models
     * @param team whose searches; absent: those of every team
     */
    public static Spent lately(Handle transaction, String pool, String family, @Nullable String team) {
        Query query = transaction
                .createQuery("select count(*) as searches,"
                        + " coalesce(sum((cost->>'probes')::bigint), 0) as probes,"
                        + " coalesce(sum((cost->>'trainingSteps')::bigint), 0) as steps,"
                        + " coalesce(sum((cost->>'deviceSeconds')::double precision), 0) as seconds"
                        + " from (select finding->'cost' as cost from (select state, finding, specification, finished_at"
                        + " from search where pool = :pool and finished_at is not null"
                        + (team == null ? "" : " and team = :team")
                        + " order by finished_at desc limit :lookedAt) ended"
                        + " where state in ('FOUND', 'BUDGET_SPENT') and finding->'cost'->'reused' is null"
                        + " and specification->'model'->>'family' = :family"
                        + " order by finished_at desc limit :searches) lately")
                .bind("lookedAt", LOOKED_AT)
                .bind("pool", pool)
                .bind("family", family)
                .bind("searches", SEARCHES);
        return (team == null ? query : query.bind("team", team))
                .map((row, context) -> new Spent(
                        row.getInt("searches"), row.getLong("probes"), row.getLong("steps"), row.getDouble("seconds")))
                .one();
    }
}
