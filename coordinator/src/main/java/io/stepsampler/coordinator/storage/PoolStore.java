package io.stepsampler.coordinator.storage;

import io.stepsampler.coordinator.admission.PoolLoad;
import io.stepsampler.coordinator.admission.PoolLoad.Running;
import io.stepsampler.coordinator.admission.Share;
import io.stepsampler.coordinator.admission.Waiting;
import io.stepsampler.messages.WorkerState;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import org.jdbi.v3.core.Handle;

/** What waits for each pool, and what the pool can do. Every method works in the caller's transaction. */
public final class PoolStore {

    /** A worker speaks every two seconds; one that misses five turns is gone. */
    private static final int SILENT_SECONDS = 10;

    private static final int MEASURED_HOURS = 3;

    /** Where nothing was measured yet. */
    private static final double USUAL_SECONDS = 1;

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
                .createQuery("select distinct on (team) search_id, team, submitted_at from search"
                        + " where state = 'QUEUED' and pool = :pool order by team, submitted_at, search_id")
                .bind("pool", pool)
                .map((row, context) -> new Waiting(
                        row.getObject("search_id", UUID.class),
                        row.getString("team"),
                        row.getObject("submitted_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /**
     * What the pool has to do; remembers which teams are active now.
     *
     * @param weight of each team
     */
    public static PoolLoad load(
            Handle transaction, String pool, List<Waiting> waiting, ToDoubleFunction<String> weight) {
        int slots = transaction
                .createQuery("select coalesce(sum(slots), 0) from worker"
                        + " where pool = :pool and seen_at > now() - make_interval(secs => :silent)")
                .bind("pool", pool)
                .bind("silent", SILENT_SECONDS)
                .mapTo(Integer.class)
                .one();
        List<Running> running = transaction
                .createQuery("select team, outstanding from search where state = 'RUNNING' and pool = :pool")
                .bind("pool", pool)
                .map((row, context) -> new Running(row.getString("team"), row.getInt("outstanding")))
                .list();
        double secondsPerProbe = secondsPerProbe(transaction, pool).orElse(USUAL_SECONDS);
        Set<String> busy = new HashSet<>();
        waiting.forEach(search -> busy.add(search.team()));
        running.forEach(search -> busy.add(search.team()));
        Map<String, Share> shares = Share.awake(shares(transaction, pool, busy, weight), busy);
        shares.forEach((team, share) -> keep(transaction, pool, team, share));
        return new PoolLoad(slots, running, shares, secondsPerProbe);
    }

    private static Map<String, Share> shares(
            Handle transaction, String pool, Set<String> busy, ToDoubleFunction<String> weight) {
        Map<String, Share> shares = new HashMap<>();
        busy.forEach(team -> shares.put(team, Share.unused(weight.applyAsDouble(team))));
        transaction
                .createQuery("select team, used, active from pool_share where pool = :pool for update")
                .bind("pool", pool)
                .map((row, context) -> Map.entry(
                        row.getString("team"),
                        new Share(
                                row.getDouble("used"),
                                weight.applyAsDouble(row.getString("team")),
                                row.getBoolean("active"))))
                .forEach(entry -> shares.put(entry.getKey(), entry.getValue()));
        return shares;
    }

    private static void keep(Handle transaction, String pool, String team, Share share) {
        transaction
                .createUpdate("insert into pool_share (pool, team, used, active) values (:pool, :team, :used, :active)"
                        + " on conflict (pool, team) do update set used = excluded.used, active = excluded.active"
                        + " where pool_share.used <> excluded.used or pool_share.active <> excluded.active")
                .bind("pool", pool)
                .bind("team", team)
                .bind("used", share.used())
                .bind("active", share.active())
                .execute();
    }

    /** Of the last hours. */
    private static Optional<Double> secondsPerProbe(Handle transaction, String pool) {
        return transaction
                .createQuery("select sum(device_seconds) / sum(trials) from usage"
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
}
