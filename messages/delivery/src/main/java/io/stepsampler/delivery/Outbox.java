package io.stepsampler.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages that leave if and only if the transaction they were added in commits. */
public final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private static final double FIRST_PAUSE_SECONDS = 0.5;

    /** So long may a message wait after the broker is back. */
    private static final double LONGEST_PAUSE_SECONDS = 30;

    private Outbox() {}

    public static void add(Handle transaction, OutgoingMessage message) {
        add(transaction, List.of(message));
    }

    /** In one batch. */
    public static void add(Handle transaction, Collection<OutgoingMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        LocalRelay relay = transaction.getConfig(LocalRelay.class);
        PreparedBatch batch = transaction.prepareBatch(
                "insert into outbox (topic, message_key, content_type, payload,"
                        + " due_at) values (:topic, :key, :contentType, :payload, clock_timestamp() + make_interval(secs => :hold))");
        messages.forEach(message -> batch.bind("topic", message.topic())
                .bind("key", message.key())
                .bind("contentType", message.contentType())
                .bind("payload", message.payload())
                .bind("hold", (double) relay.hold().toSeconds())
                .add());
        long now = System.nanoTime();
        List<Long> ids = batch.executePreparedBatch("id").mapTo(Long.class).list();
        List<Entry> entries = new ArrayList<>();
        messages.forEach(message -> entries.add(new Entry(ids.get(entries.size()), message)));
        transaction.afterCommit(() -> relay.committed(entries, now));
    }

    /**
     * The oldest messages that are due and that no other relay holds, held until the transaction ends. Claimed by lock, never by "id above
     * the last": ids become visible out of order.
     */
    static List<Entry> claim(Handle transaction, int atMost) {
        return transaction
                .createQuery(
                        "select * from outbox where due_at <= now() order by id limit :atMost for update skip locked")
                .bind("atMost", atMost)
                .map((row, context) -> new Entry(
                        row.getLong("id"),
                        new OutgoingMessage(
                                row.getString("topic"),
                                row.getString("message_key"),
                                row.getString("content_type"),
                                row.getString("payload"))))
                .list();
    }

    /** Tries them again later, ever more slowly, so that they leave room for those that can be sent. */
    static void postpone(Handle transaction, List<Long> ids) {
        PreparedBatch batch = transaction.prepareBatch("update outbox set attempts = attempts + 1, due_at ="
                + " clock_timestamp() + least(:longest, :first * 2 ^ least(attempts, 30)) * interval '1 second'"
                + " where id = :id");
        ids.forEach(id -> batch.bind("id", id)
                .bind("first", FIRST_PAUSE_SECONDS)
                .bind("longest", LONGEST_PAUSE_SECONDS)
                .add());
        batch.execute();
    }

    /** Nobody sends them again: they stay in the table, and the log tells of them once, for a human to decide. */
    static void setAside(Handle transaction, Collection<Long> tooLarge) {
        transaction
                .createQuery("update outbox set due_at = 'infinity' where id = any(:ids)"
                        + " returning 'message ' || id || ' for topic ' || topic || ' of ' || octet_length(payload)")
                .bindArray("ids", Long.class, tooLarge)
                .mapTo(String.class)
                .forEach(message -> LOG.error("{} bytes is more than Kafka takes: it stays in the outbox", message));
    }

    /** They are being sent, which takes its time; whoever sends them says when they are due again. */
    static void hold(Handle transaction, Collection<Long> ids, Duration time) {
        transaction
                .createUpdate("update outbox set due_at = clock_timestamp() + make_interval(secs => :hold)"
                        + " where id = any(:ids)")
                .bind("hold", (double) time.toSeconds())
                .bindArray("ids", Long.class, ids)
                .execute();
    }

    static void delete(Handle transaction, Collection<Long> ids) {
        transaction
                .createUpdate("delete from outbox where id = any(:ids)")
                .bindArray("ids", Long.class, ids)
                .execute();
    }

    /** A message that waits. */
    record Entry(long id, OutgoingMessage message) {}
}
