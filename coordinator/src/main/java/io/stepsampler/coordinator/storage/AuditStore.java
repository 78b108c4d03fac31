package io.stepsampler.coordinator.storage;

import io.stepsampler.coordinator.identity.Caller;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table of changes. Every method works in the caller's transaction. */
public final class AuditStore {

    private AuditStore() {}

    /**
     * @param id of the entry, ever larger
     * @param action such as {@code create search}
     * @param subject what was changed
     */
    public record Entry(long id, Instant at, String caller, String team, String action, String subject) {}

    /** @param team whose state it is that changes */
    public static void add(Handle transaction, Caller caller, String team, String action, String subject) {
        transaction
                .createUpdate("insert into audit (caller, team, action, subject)"
                        + " values (:caller, :team, :action, :subject)")
                .bind("caller", caller.name())
                .bind("team", team)
                .bind("action", action)
                .bind("subject", subject)
                .execute();
    }

    public static boolean hasEntries(Handle transaction, String team) {
        return transaction
                .createQuery("select exists (select 1 from audit where team = :team)")
                .bind("team", team)
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * The newest first.
     *
     * @param before the id of an entry; all that are returned are older
     */
    public static List<Entry> ofTeam(Handle transaction, String team, long before, int atMost) {
        return transaction
                .createQuery("select * from audit where team = :team and id < :before order by id desc limit :atMost")
                .bind("team", team)
                .bind("before", before)
                .bind("atMost", atMost)
                .map((row, context) -> new Entry(
                        row.getLong("id"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("caller"),
                        row.getString("team"),
                        row.getString("action"),
                        row.getString("subject")))
                .list();
    }
}
