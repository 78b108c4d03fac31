package io.stepsampler.coordinator.storage;

import io.stepsampler.coordinator.admission.PoolLoad.Running;
import io.stepsampler.coordinator.admission.Share;
import io.stepsampler.coordinator.admission.Waiting;
import io.stepsampler.messages.WorkerState;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What waits for each pool, and what the pool can do. Every method works in the caller's transaction. */
public final class PoolStore {

    /** A worker speaks every two seconds; one that misses five turns is gone. */
    private static final int SILENT_SECONDS = 10;

    private static final int GONE_HOURS = 24;

    private static final int MEASURED_HOURS = 3;

    /** From one team to the next, by the index: what it costs follows the number of teams, and not that of searches. */
    static final String WAITING = "with recursive oldest as ("
            + "(select search_id, team, submitted_at from search where state = 'QUEUED' and pool = :pool"
            + " order by team, submitted_at, search_id limit 1)"
            + " union all select next.* from oldest cross join lateral ("
            + "select search_id, team, submitted_at from search"
            + " where state = 'QUEUED' and pool = :pool and team > oldest.team"
            + " order by team, submitted_at, search_id limit 1) next"
            + ") select * from oldest";

    private PoolStore() {}

    /** Only one transaction at a time admits searches to a pool. */
    public static void lock(Handle transaction, String pool) {
        transaction
                .createQuery("select 1 from (select pg_advisory_xact_lock(hashtext(:name))) locked")
                .bind("name", "pool " + pool)
                .mapTo(Integer.class)
                .one();
    }

    /** The oldest of each team. */
    public static List<Waiting> waiting(Handle transaction, String pool) {
        return transaction
                .createQuery(WAITING)
                .bind("pool", pool)
                .map((row, context) -> new Waiting(
                        row.getObject("search_id", UUID.class),
                        row.getString("team"),
                        row.getObject("submitted_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Trials that the living workers can run at once. */
    public static int slotsAlive(Handle transaction, String pool) {
        return transaction
                .createQuery("select coalesce(sum(slots), 0) from worker"
                        + " where pool = :pool and seen_at > now() - make_interval(secs => :silent)")
                .bind("pool", pool)
                .bind("silent", SILENT_SECONDS)
                .mapTo(Integer.class)
                .one();
    }

    public static List<Running> running(Handle transaction, String pool) {
        return transaction
                .createQuery("select team, outstanding from search where state = 'RUNNING' and pool = :pool")
                .bind("pool", pool)
                .map((row, context) -> new Running(row.getString("team"), row.getInt("outstanding")))
                .list();
    }

    /** Whether a team of the pool was active when that was last looked at. */
    public static boolean hasActiveTeam(Handle transaction, String pool) {
        return transaction
                .createQuery("select exists (select 1 from pool_share where pool = :pool and active)")
                .bind("pool", pool)
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * Of every team that has used the pool; held until the transaction ends.
     *
     * @param weight of each team
     */
    public static Map<String, Share> shares(Handle transaction, String pool, ToDoubleFunction<String> weight) {
        return transaction
                .createQuery("select team, used, active from pool_share where pool = :pool"
                        // in one order by all, or two would wait for each other
                        + " order by team collate \"C\" for update")
                .bind("pool", pool)
                .map((row, context) -> Map.entry(
                        row.getString("team"),
                        new Share(
                                row.getDouble("used"),
                                weight.applyAsDouble(row.getString("team")),
                                row.getBoolean("active"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    public static void keep(Handle transaction, String pool, Map<String, Share> shares) {
        PreparedBatch batch = transaction.prepareBatch(
                "insert into pool_share (pool, team, used, active) values (:pool, :team, :used, :active)"
                        + " on conflict (pool, team) do update set used = excluded.used, active = excluded.active"
                        + " where pool_share.used <> excluded.used or pool_share.active <> excluded.active");
        new TreeMap<>(shares)
                .forEach((team, share) -> batch.bind("pool", pool)
                        .bind("team", team)
                        .bind("used", share.used())
                        .bind("active", share.active())
                        .add());
        batch.execute();
    }

    /** How far the pool has come; 0 before its first search. */
    public static double virtualTime(Handle transaction, String pool) {
        return transaction
                .createQuery("select virtual_time from pool_time where pool = :pool")
                .bind("pool", pool)
                .mapTo(Double.class)
                .findOne()
                .orElse(0.0);
    }

    public static void keepVirtualTime(Handle transaction, String pool, double virtualTime) {
        transaction
                .createUpdate("insert into pool_time (pool, virtual_time) values (:pool, :virtualTime)"
                        + " on conflict (pool) do update set virtual_time = excluded.virtual_time")
                .bind("pool", pool)
                .bind("virtualTime", virtualTime)
                .execute();
    }

    /** Device-seconds that a trial took in the last hours; empty where none was run. */
    public static Optional<Double> secondsPerProbe(Handle transaction, String pool) {
        return transaction
                .createQuery("select sum(trial_seconds) / nullif(sum(trials), 0) from usage"
                        + " where pool = :pool and hour > now() - make_interval(hours => :hours)")
                .bind("pool", pool)
                .bind("hours", MEASURED_HOURS)
                .mapTo(Double.class)
                .findOne();
    }

    public static PoolState state(Handle transaction, String pool) {
        Double secondsPerProbe = secondsPerProbe(transaction, pool).orElse(null);
        return transaction
                .createQuery(
                        "select count(*) as workers, coalesce(sum(slots), 0) as slots, coalesce(sum(busy), 0) as busy,"
                                + " (select count(*) from search where state = 'QUEUED' and pool = :pool) as queued,"
                                + " (select count(*) from search where state = 'RUNNING' and pool = :pool) as running"
                                + " from worker where pool = :pool and seen_at > now() - make_interval(secs => :silent)")
                .bind("pool", pool)
                .bind("silent", SILENT_SECONDS)
                .map((row, context) -> new PoolState(
                        pool,
                        row.getInt("workers"),
                        row.getInt("slots"),
                        row.getInt("busy"),
                        row.getInt("queued"),
                        row.getInt("running"),
                        secondsPerProbe))
                .one();
    }

    public static void seen(Handle transaction, WorkerState worker) {
        transaction
                .createUpdate("insert into worker (worker_id, pool, slots, busy, device, version)"
                        + " values (:workerId, :pool, :slots, :busy, :device, :version)"
                        + " on conflict (worker_id) do update set pool = excluded.pool, slots = excluded.slots,"
                        + " busy = excluded.busy, device = excluded.device, version = excluded.version,"
                        + " seen_at = now()")
                .bind("workerId", worker.workerId())
                .bind("pool", worker.pool())
                .bind("slots", worker.slots())
                .bind("busy", worker.busy())
                .bind("device", worker.device())
                .bind("version", worker.version())
                .execute();
    }

    /** Workers have a new name with every start. */
    public static void forgetGoneWorkers(Handle transaction) {
        transaction
                .createUpdate("delete from worker where seen_at < now() - make_interval(hours => :hours)")
                .bind("hours", GONE_HOURS)
                .execute();
    }
}
