package io.stepsampler.coordinator.storage;

import io.stepsampler.coordinator.webhooks.Answer;
import io.stepsampler.coordinator.webhooks.SigningSecret;
import io.stepsampler.coordinator.webhooks.Verdict;
import io.stepsampler.coordinator.webhooks.WebhookUrl;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries that are due, handed to senders. A sender holds a webhook, not a delivery: so a receiver gets one request
 * at a time, from whichever replica. It holds it for a time and not by a lock, as no transaction may last as long as a
 * request; where it dies, another sends the same again when that time is over.
 */
public final class DeliveryQueue {

    /** The webhook that was served longest ago comes first: one with much to send does not hold up the others. */
    private static final String CLAIM = "with served as ("
            + "select webhook_id from webhook where free_at <= now() and disabled_at is null"
            + " and exists (select 1 from webhook_delivery due where due.webhook_id = webhook.webhook_id"
            + " and due.state = 'PENDING' and due.due_at <= now())"
            + " order by free_at limit :atMost for no key update skip locked),"
            + " held as (update webhook set free_at = clock_timestamp() + make_interval(secs => :seconds)"
            + " from served where webhook.webhook_id = served.webhook_id returning webhook.*)"
            + " select held.*, due.id, due.attempts, event.event_id, event.body,"
            + " held.former_secret_until > now() as former_signs"
            + " from held cross join lateral (select * from webhook_delivery delivery"
            + " where delivery.webhook_id = held.webhook_id and delivery.state = 'PENDING'"
            + " and delivery.due_at <= now() order by delivery.due_at, delivery.id limit 1) due"
            + " join webhook_event event on event.id = due.event";

    private DeliveryQueue() {}

    /** One of each webhook at most. {@code hold}: longer than it takes to send it and to record what came of it. */
    public static List<DueDelivery> claim(Handle transaction, int atMost, Duration hold) {
        return transaction
                .createQuery(CLAIM)
                .bind("atMost", atMost)
                .bind("seconds", hold.toMillis() / 1000.0)
                .map((row, context) -> due(row))
                .list();
    }

    /**
     * Lets the webhook go and keeps what came of the attempt. Where another sender has recorded one meanwhile, as this
     * one took too long, that one counts.
     */
    public static void record(Handle transaction, DueDelivery due, Answer answer, Verdict verdict) {
        transaction
                .createUpdate("update webhook set free_at = clock_timestamp() + make_interval(secs => :seconds)"
                        + " where webhook_id = :webhookId and free_at = :heldUntil")
                .bind("webhookId", due.webhookId())
                .bind("seconds", answer.rest().toMillis() / 1000.0)
                .bind("heldUntil", due.heldUntil())
                .execute();
        transaction
                .createUpdate("update webhook_delivery set state = :state, attempts = attempts + 1,"
                        + " due_at = now() + make_interval(secs => :pause), attempted_at = now(),"
                        + " status = :status, fault = :fault"
                        + " where id = :deliveryId and state = 'PENDING' and attempts = :attempts")
                .bind("deliveryId", due.deliveryId())
                .bind("attempts", due.attempts())
                .bind("state", verdict.state())
                .bind("pause", pauseSeconds(verdict))
                .bind("status", answer instanceof Answer.Status status ? (Integer) status.code() : null)
                .bind("fault", answer.fault())
                .execute();
    }

    /** Null where there is no other attempt. */
    private static @Nullable Double pauseSeconds(Verdict verdict) {
        return verdict instanceof Verdict.Again again ? again.pause().toMillis() / 1000.0 : null;
    }

    private static DueDelivery due(ResultSet row) throws SQLException {
        Stream<String> secrets = row.getBoolean("former_signs")
                ? Stream.of(row.getString("secret"), row.getString("former_secret"))
                : Stream.of(row.getString("secret"));
        return new DueDelivery(
                row.getLong("id"),
                row.getObject("webhook_id", UUID.class),
                row.getString("team"),
                new WebhookUrl(row.getString("url")),
                secrets.map(SigningSecret::new).toList(),
                row.getString("event_id"),
                row.getString("body"),
                row.getInt("attempts"),
                row.getObject("free_at", OffsetDateTime.class).toInstant());
    }
}
