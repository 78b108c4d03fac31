package io.stepsampler.delivery;

import java.util.List;
import org.jdbi.v3.core.Handle;

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
     * Takes the oldest messages that no other relay holds. They are gone when the transaction commits and back when it
     * does not. Claimed by lock, never by "id above the last": ids become visible out of order.
     */
    static List<OutgoingMessage> claim(Handle transaction, int atMost) {
        return transaction
                .createQuery("delete from outbox where id in"
                        + " (select id from outbox order by id limit :atMost for update skip locked)"
                        + " returning topic, message_key, content_type, payload")
                .bind("atMost", atMost)
                .map((row, context) -> new OutgoingMessage(
                        row.getString("topic"),
                        row.getString("message_key"),
                        row.getString("content_type"),
                        row.getString("payload")))
                .list();
    }
}
