package io.stepsampler.delivery;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Messages that leave if and only if the transaction they were added in commits. */
public final class Outbox {

    private Outbox() {}

    public static void add(Handle transaction, OutgoingMessage message) {
        transaction
                .createUpdate("insert into outbox (topic, message_key, content_type, payload)"
                        + " values (:topic, :key, :contentType, :payload)")
                .bind("topic", message.topic())
                .bind("key", message.key())
                .bind("contentType", message.contentType())
                .bind("payload", message.payload())
                .execute();
    }

    /**
     * The oldest messages that no other relay holds, held until the transaction ends. Claimed by lock, never by "id above
     * the last": ids become visible out of order.
     */
    static List<Entry> claim(Handle transaction, int atMost) {
        return transaction
                .createQuery("select * from outbox order by id limit :atMost for update skip locked")
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

    static void delete(Handle transaction, List<Long> ids) {
        PreparedBatch batch = transaction.prepareBatch("delete from outbox where id = :id");
        ids.forEach(id -> batch.bind("id", id).add());
        batch.execute();
    }

    /** A message that waits. */
    record Entry(long id, OutgoingMessage message) {}
}
