package io.stepsampler.coordinator.storage;

import io.stepsampler.coordinator.admission.PoolLoad;
import io.stepsampler.coordinator.admission.Waiting;
import io.stepsampler.messages.WorkerState;
import java.time.OffsetDateTime;
import java.util.AbstractMap.SimpleEntry;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What waits for each pool, and what the pool can do. Every method works in the caller's transaction. */
public final class PoolStore {

    /** A worker speaks every two seconds; one that misses five turns is gone. */
    private static final int SILENT_SECONDS = 10;

    private PoolStore() {}

    /** Only one transaction at a time admits searches to a pool. */
    public static void lock(Handle transaction, String pool) {
        transaction
                .createQuery("select 1 from (select pg_advisory_xact_lock(hashtext(:name))) locked")
                .bind("name", "pool " + pool)
                .mapTo(Integer.class)
                .one();
    }

    public static List<Waiting> waiting(Handle transaction, String pool) {
        return transaction
                .createQuery(
                        "select search_id, team, submitted_at from search" + " where state = 'QUEUED' and pool = :pool")
                .bind("pool", pool)
                .map((row, context) -> new Waiting(
                        row.getObject("search_id", UUID.class),
                        row.getString("team"),
                        row.getObject("submitted_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    public static PoolLoad load(Handle transaction, String pool) {
        int slots = transaction
                .createQuery("select coalesce(sum(slots), 0) from worker"
                        + " where pool = :pool and seen_at > now() - make_interval(secs => :silent)")
                .bind("pool", pool)
                .bind("silent", SILENT_SECONDS)
                .mapTo(Integer.class)
                .one();
        List<Integer> outstanding = transaction
                .createQuery("select outstanding from search where state = 'RUNNING' and pool = :pool")
                .bind("pool", pool)
                .mapTo(Integer.class)
                .list();
        return new PoolLoad(slots, outstanding, deviceSeconds(transaction, pool));
    }

    private static Map<String, Double> deviceSeconds(Handle transaction, String pool) {
        return transaction
                .createQuery("select team, sum(device_seconds) as used from search where pool = :pool group by team")
                .bind("pool", pool)
                .map((row, context) -> new SimpleEntry<>(row.getString("team"), row.getDouble("used")))
                .stream()
                .collect(Collectors.toMap(SimpleEntry::getKey, SimpleEntry::getValue));
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
