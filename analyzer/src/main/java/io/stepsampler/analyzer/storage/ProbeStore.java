package io.stepsampler.analyzer.storage;

import io.stepsampler.analyzer.attempts.Attempts;
import io.stepsampler.messages.ProbeIdentity;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.json.MeasurementKey;
import io.stepsampler.method.PlannedProbe;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The table of probes. Every method works in the caller's transaction. */
public final class ProbeStore {

    private ProbeStore() {}

    public static void plan(Handle transaction, Search search, PlannedProbe probe) {
        UUID searchId = search.searchId();
        UUID probeId =
                ProbeIdentity.of(searchId, probe.kind(search.specification().search()), probe.seed(), probe.steps());
        transaction
                .createUpdate("insert into probe (probe_id, search_id, round, purpose, learning_rate, seed, steps)"
                        + " values (:probeId, :searchId, :round, :purpose, :learningRate, :seed, :steps)")
                .bind("probeId", probeId)
                .bind("searchId", searchId)
                .bind("round", probe.round())
                .bind("purpose", probe.purpose().name())
                .bind("learningRate", probe.learningRate())
                .bind("seed", probe.seed())
                .bind("steps", probe.steps())
                .execute();
    }

    /** By round and learning rate, whatever the order in which they ended. */
    public static List<StoredProbe> ofSearch(Handle transaction, UUID searchId) {
        return transaction
                .createQuery("select * from probe where search_id = :searchId order by round, learning_rate, probe_id")
                .bind("searchId", searchId)
                .map((row, context) -> stored(row))
                .list();
    }

    /** Whether the search has asked for that probe, ended or not. */
    public static boolean isPlanned(Handle transaction, UUID probeId) {
        return transaction
                .createQuery("select exists (select 1 from probe where probe_id = :probeId)")
                .bind("probeId", probeId)
                .mapTo(Boolean.class)
                .one();
    }

    public static void started(Handle transaction, UUID probeId) {
        transaction
                .createUpdate("update probe set state = 'STARTED', starts = starts + 1, started_at = now()"
                        + " where probe_id = :probeId and state in ('PLANNED', 'STARTED')")
                .bind("probeId", probeId)
                .execute();
    }

    /** The probe of that trial, unless it has ended. */
    public static Optional<StoredProbe> open(Handle transaction, TrialEvent event) {
        return transaction
                .createQuery("select * from probe where probe_id = :probeId and search_id = :searchId"
                        + " and state in ('PLANNED', 'STARTED')")
                .bind("probeId", event.probeId())
                .bind("searchId", event.searchId())
                .map((row, context) -> stored(row))
                .findOne();
    }

    /** The first outcome wins: whether this was it. */
    public static boolean finished(Handle transaction, TrialEvent.Finished finished) {
        return transaction
                        .createUpdate("update probe set state = 'ENDED', ended_at = now(), finished = :finished::jsonb,"
                                + " measurement_key = :measurementKey"
                                + " where probe_id = :probeId and state in ('PLANNED', 'STARTED')")
                        .bind("probeId", finished.probeId())
                        .bind("measurementKey", MeasurementKey.lasting(finished).orElse(null))
                        .bind("finished", SearchStore.json(finished))
                        .execute()
                == 1;
    }

    public static void cancelOpen(Handle transaction, UUID searchId) {
        transaction
                .createUpdate("update probe set state = 'CANCELLED', ended_at = now()"
                        + " where search_id = :searchId and state in ('PLANNED', 'STARTED')")
                .bind("searchId", searchId)
                .execute();
    }

    /** Counts a further issue; the clock of the trial begins anew. */
    public static void issuedAgain(Handle transaction, UUID probeId) {
        transaction
                .createUpdate("update probe set state = 'PLANNED', issues = issues + 1, issued_at = now()"
                        + " where probe_id = :probeId and state in ('PLANNED', 'STARTED')")
                .bind("probeId", probeId)
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
    public static List<StoredProbe> overdueTrials(Handle transaction, UUID searchId, double overdueSeconds) {
        return transaction
                .createQuery("select * from probe where search_id = :searchId and state = 'STARTED'"
                        + " and started_at < now() - make_interval(secs => :overdueSeconds)"
                        + " order by learning_rate")
                .bind("searchId", searchId)
                .bind("overdueSeconds", overdueSeconds)
                .map((row, context) -> stored(row))
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
    public static List<StoredProbe> unstarted(Handle transaction, UUID searchId, double silentSeconds) {
        return transaction
                .createQuery("select * from probe where search_id = :searchId and state = 'PLANNED'"
                        + " and issued_at < now() - make_interval(secs => :silentSeconds)"
                        + " order by learning_rate")
                .bind("searchId", searchId)
                .bind("silentSeconds", silentSeconds)
                .map((row, context) -> stored(row))
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
                new Attempts(row.getInt("issues"), row.getInt("starts")),
                finished);
    }
}
