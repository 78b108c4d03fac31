package io.stepsampler.coordinator.storage;

import io.stepsampler.coordinator.webhooks.DeliveryState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** What each webhook was sent and is to be sent. Every method works in the caller's transaction. */
public final class DeliveryStore {

    private static final int DAYS_KEPT = 30;

    private static final String DELIVERIES = "select delivery.*, event.event_id, event.type, event.created_at"
            + " from webhook_delivery delivery join webhook_event event on event.id = delivery.event"
            + " where delivery.webhook_id = :webhookId";

    private DeliveryStore() {}

    /**
     * For every webhook of the team that wants such events. One that is being deleted is waited for and left out: the
     * event must not fail with it.
     */
    public static void add(Handle transaction, String team, WebhookEvent event) {
        bound(
                        transaction.createUpdate("with wanting as (select webhook_id from webhook where team = :team"
                                + " and disabled_at is null and (cardinality(events) = 0 or :type = any(events))"
                                + " for key share),"
                                + " event as (insert into webhook_event (team, event_id, type, body)"
                                + " select :team, :eventId, :type, :body where exists (select 1 from wanting)"
                                + " on conflict do nothing returning id)"
                                + " insert into webhook_delivery (webhook_id, event)"
                                + " select webhook_id, id from wanting, event"),
                        team,
                        event)
                .execute();
    }

    /** For one webhook, whatever it wants. Empty where it is there no longer. */
    public static Optional<StoredDelivery> add(Handle transaction, String team, UUID webhookId, WebhookEvent event) {
        return bound(
                        transaction.createQuery("with one as (select webhook_id from webhook"
                                + " where webhook_id = :webhookId for key share),"
                                + " event as (insert into webhook_event (team, event_id, type, body)"
                                + " select :team, :eventId, :type, :body from one returning id)"
                                + " insert into webhook_delivery (webhook_id, event)"
                                + " select webhook_id, id from one, event returning id"),
                        team,
                        event)
                .bind("webhookId", webhookId)
                .mapTo(Long.class)
                .findOne()
                .flatMap(id -> find(transaction, webhookId, id));
    }

    private static <T extends SqlStatement<T>> T bound(T statement, String team, WebhookEvent event) {
        return statement
                .bind("team", team)
                .bind("eventId", event.eventId())
                .bind("type", event.type())
                .bind("body", event.body());
    }

    /**
     * The newest first.
     *
     * @param before the id of a delivery; all that are returned are older
     */
    public static List<StoredDelivery> ofWebhook(Handle transaction, UUID webhookId, long before, int atMost) {
        return transaction
                .createQuery(DELIVERIES + " and delivery.id < :before order by delivery.id desc limit :atMost")
                .bind("webhookId", webhookId)
                .bind("before", before)
                .bind("atMost", atMost)
                .map((row, context) -> stored(row))
                .list();
    }

    public static Optional<StoredDelivery> find(Handle transaction, UUID webhookId, long deliveryId) {
        return transaction
                .createQuery(DELIVERIES + " and delivery.id = :deliveryId")
                .bind("webhookId", webhookId)
                .bind("deliveryId", deliveryId)
                .map((row, context) -> stored(row))
                .findOne();
    }

    /** From the beginning, whatever became of it. Empty where the webhook has no such delivery. */
    public static Optional<StoredDelivery> again(Handle transaction, UUID webhookId, long deliveryId) {
        transaction
                .createUpdate("update webhook_delivery set state = 'PENDING', attempts = 0, due_at = now()"
                        + " where webhook_id = :webhookId and id = :deliveryId")
                .bind("webhookId", webhookId)
                .bind("deliveryId", deliveryId)
                .execute();
        return find(transaction, webhookId, deliveryId);
    }

    public static void forgetOld(Handle transaction) {
        transaction
                .createUpdate("delete from webhook_event where created_at < now() - make_interval(days => :days)")
                .bind("days", DAYS_KEPT)
                .execute();
    }

    private static StoredDelivery stored(ResultSet row) throws SQLException {
        return new StoredDelivery(
                row.getLong("id"),
                row.getString("event_id"),
                row.getString("type"),
                DeliveryState.valueOf(row.getString("state")),
                row.getInt("attempts"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                WebhookStore.instant(row, "attempted_at"),
                WebhookStore.instant(row, "due_at"),
                row.getObject("status", Integer.class),
                row.getString("fault"));
    }
}
