package io.stepsampler.coordinator.storage;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The table of idempotency keys. Every method works in the caller's transaction. */
public final class IdempotencyStore {

    private static final int HOURS_KEPT = 24;

    private IdempotencyStore() {}

    /** {@code digest}: of the request's body. */
    public record Made(String digest, UUID searchId) {}

    /**
     * Takes the key for a search. A request with the same key at the same time is waited for.
     *
     * @return what was made with the key before; empty where it is new
     */
    public static Optional<Made> take(Handle transaction, String team, String key, Made made) {
        int taken = transaction
                .createUpdate("insert into idempotency (team, key, digest, search_id)"
                        + " values (:team, :key, :digest, :searchId) on conflict do nothing")
                .bind("team", team)
                .bind("key", key)
                .bind("digest", made.digest())
                .bind("searchId", made.searchId())
                .execute();
        return taken == 1 ? Optional.empty() : find(transaction, team, key);
    }

    public static Optional<Made> find(Handle transaction, String team, String key) {
        return transaction
                .createQuery("select digest, search_id from idempotency where team = :team and key = :key")
                .bind("team", team)
                .bind("key", key)
                .map((row, context) -> new Made(row.getString("digest"), row.getObject("search_id", UUID.class)))
                .findOne();
    }

    public static void forgetOld(Handle transaction) {
        transaction
                .createUpdate("delete from idempotency where created_at < now() - make_interval(hours => :hours)")
                .bind("hours", HOURS_KEPT)
                .execute();
    }
}
