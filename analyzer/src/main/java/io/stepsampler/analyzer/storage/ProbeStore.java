package io.stepsampler.analyzer.storage;

import io.stepsampler.analyzer.attempts.Attempts;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.json.MeasurementKey;
import io.stepsampler.method.PlannedProbe;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table of probes. Every method works in the caller's transaction. */
public final class ProbeStore {

    private static final String WRITE =
            "insert into probe as known (probe_id, search_id, round, purpose, learning_rate,"
                    + " seed, steps, state, issues, starts, started_at, ended_at, finished, measurement_key)"
                    + " values (:probeId, :searchId, :round, :purpose, :learningRate, :seed, :steps, :state, :issues, :starts,"
                    + " case when :starts > 0 then now() end, case when :state = 'ENDED' then now() end,"
                    + " :finished::jsonb, :measurementKey)"
                    + " on conflict (probe_id) do update set state = excluded.state, issues = excluded.issues,"
                    + " starts = excluded.starts, finished = excluded.finished, measurement_key = excluded.measurement_key,"
                    + " issued_at = case when excluded.issues > known.issues then now() else known.issued_at end,"
                    + " started_at = case when excluded.starts > known.starts then now() else known.started_at end,"
                    + " ended_at = excluded.ended_at"
                    // the first outcome wins, whatever somebody remembers
                    + " where known.state in ('PLANNED', 'STARTED')";

    private ProbeStore() {}

    /** Of each of the searches that has any, in no order. */
    static Map<UUID, List<StoredProbe>> ofSearches(Handle transaction, Collection<UUID> searchIds) {
        if (searchIds.isEmpty()) {
            return Map.of();
        }
        return transaction
                .createQuery("select * from probe where search_id = any(:searchIds)")
                .bindArray("searchIds", UUID.class, searchIds)
                .map((row, context) -> Map.entry(row.getObject("search_id", UUID.class), stored(row)))
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /** Writes the probes that have changed; the times of what happened to them are now. */
    static void write(Handle transaction, Collection<HeldSearch> searches) {
        PreparedBatch batch = transaction.prepareBatch(WRITE);
        searches.forEach(search -> search.changed().forEach(changed -> add(batch, search.search(), changed)));
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static void add(PreparedBatch batch, Search search, StoredProbe changed) {
        PlannedProbe probe = changed.probe();
        Optional<TrialEvent.Finished> finished = Optional.ofNullable(changed.finished());
        batch.bind("probeId", changed.probeId())
                .bind("searchId", search.searchId())
                .bind("round", probe.round())
                .bind("purpose", probe.purpose().name())
                .bind("learningRate", probe.learningRate())
                .bind("seed", probe.seed())
                .bind("steps", probe.steps())
                .bind("state", changed.state().name())
                .bind("issues", changed.attempts().issues())
                .bind("starts", changed.attempts().starts())
                .bind("finished", finished.map(SearchStore::json).orElse(null))
                .bind(
                        "measurementKey",
                        finished.flatMap(MeasurementKey::lasting).orElse(null))
                .add();
    }

    public static void cancelOpen(Handle transaction, UUID searchId) {
        transaction
                .createUpdate("update probe set state = 'CANCELLED', ended_at = now()"
                        + " where search_id = :searchId and state in ('PLANNED', 'STARTED')")
                .bind("searchId", searchId)
                .execute();
    }

    /** Searches with a probe whose trial began longer ago than a trial may last. */
    public static List<UUID> searchesWithOverdueTrials(Handle transaction, double overdueSeconds) {
        return transaction
                .createQuery("select distinct search_id from probe where state = 'STARTED'"
                        + " and started_at < now() - make_interval(secs => :overdueSeconds)")
                .bind("overdueSeconds", overdueSeconds)
                .mapTo(UUID.class)
                .list();
    }

    /** Of one search: probes whose trial began longer ago than a trial may last. */
    public static List<UUID> overdueTrials(Handle transaction, UUID searchId, double overdueSeconds) {
        return transaction
                .createQuery("select probe_id from probe where search_id = :searchId and state = 'STARTED'"
                        + " and started_at < now() - make_interval(secs => :overdueSeconds)"
                        + " order by learning_rate")
                .bind("searchId", searchId)
                .bind("overdueSeconds", overdueSeconds)
                .mapTo(UUID.class)
                .list();
    }

    /** Searches with a probe that was issued this long ago and of which no trial has begun. */
    public static List<UUID> searchesWithUnstartedProbes(Handle transaction, String pool, double silentSeconds) {
        return transaction
                .createQuery("select distinct search_id from probe join search using (search_id)"
                        + " where probe.state = 'PLANNED' and pool = :pool"
                        + " and issued_at < now() - make_interval(secs => :silentSeconds)")
                .bind("pool", pool)
                .bind("silentSeconds", silentSeconds)
                .mapTo(UUID.class)
                .list();
    }

    /** Of one search: probes that were issued this long ago and of which no trial has begun. */
    public static List<UUID> unstarted(Handle transaction, UUID searchId, double silentSeconds) {
        return transaction
                .createQuery("select probe_id from probe where search_id = :searchId and state = 'PLANNED'"
                        + " and issued_at < now() - make_interval(secs => :silentSeconds)"
                        + " order by learning_rate")
                .bind("searchId", searchId)
                .bind("silentSeconds", silentSeconds)
                .mapTo(UUID.class)
                .list();
    }

    public static List<String> poolsWithOpenProbes(Handle transaction) {
        return transaction
                .createQuery("select distinct pool from probe join search using (search_id)"
                        + " where probe.state = 'PLANNED'")
                .mapTo(String.class)
                .list();
    }

    /**
     * Deletes the probes of searches that ended longer ago than they are kept.
     *
     * @param atMost so many searches
     * @return how many searches it were
     */
    public static int deleteOld(Handle transaction, Duration kept, int atMost) {
        return transaction
                .createUpdate("with old as (select search_id from search where probes_deleted_at is null"
                        + " and finished_at < now() - make_interval(secs => :seconds)"
                        + " order by finished_at limit :atMost for update skip locked),"
                        + " gone as (delete from probe using old where probe.search_id = old.search_id)"
                        + " update search set probes_deleted_at = now() from old"
                        + " where search.search_id = old.search_id")
                .bind("seconds", (double) kept.toSeconds())
                .bind("atMost", atMost)
                .execute();
    }

    private static StoredProbe stored(ResultSet row) throws SQLException {
        PlannedProbe probe = new PlannedProbe(
                row.getInt("round"),
                PlannedProbe.Purpose.valueOf(row.getString("purpose")),
                row.getDouble("learning_rate"),
                row.getLong("seed"),
                row.getInt("steps"));
        TrialEvent.Finished finished = Optional.ofNullable(row.getString("finished"))
                .map(json -> SearchStore.parse(json, TrialEvent.Finished.class))
                .orElse(null);
        return new StoredProbe(
                row.getObject("probe_id", UUID.class),
                probe,
                ProbeState.valueOf(row.getString("state")),
                new Attempts(row.getInt("issues"), row.getInt("starts")),
                finished);
    }
}
