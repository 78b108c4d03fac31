package io.stepsampler.coordinator.storage;

import io.stepsampler.coordinator.webhooks.SigningSecret;
import io.stepsampler.coordinator.webhooks.WebhookUrl;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of webhooks. Every method works in the caller's transaction. */
public final class WebhookStore {

    private WebhookStore() {}

    /** Empty where the team has that many already. */
    public static Optional<StoredWebhook> insert(
            Handle transaction, StoredWebhook webhook, SigningSecret secret, int atMost) {
        onlyOneAtATime(transaction, webhook.team());
        int inserted = transaction
                .createUpdate("insert into webhook (webhook_id, team, url, events, secret, created_by)"
                        + " select :webhookId, :team, :url, :events, :secret, :createdBy"
                        + " where (select count(*) from webhook where team = :team) < :atMost")
                .bind("webhookId", webhook.webhookId())
                .bind("team", webhook.team())
                .bind("url", webhook.url().text())
                .bindArray("events", String.class, webhook.events())
                .bind("secret", new SecretArgument(secret))
                .bind("createdBy", webhook.createdBy())
                .bind("atMost", atMost)
                .execute();
        return inserted == 1 ? find(transaction, webhook.team(), webhook.webhookId()) : Optional.empty();
    }

    private static void onlyOneAtATime(Handle transaction, String team) {
        transaction
                .createQuery("select 1 from (select pg_advisory_xact_lock(hashtext(:name))) locked")
                .bind("name", "webhooks of " + team)
                .mapTo(Integer.class)
                .one();
    }

    /** In the order in which they were made. */
    public static List<StoredWebhook> ofTeam(Handle transaction, String team) {
        return transaction
                .createQuery("select * from webhook where team = :team order by created_at, webhook_id")
                .bind("team", team)
                .map((row, context) -> stored(row))
                .list();
    }

    public static Optional<StoredWebhook> find(Handle transaction, String team, UUID webhookId) {
        return transaction
                .createQuery("select * from webhook where team = :team and webhook_id = :webhookId")
                .bind("team", team)
                .bind("webhookId", webhookId)
                .map((row, context) -> stored(row))
                .findOne();
    }

    /** With what they were still to be sent. */
    public static void deleteAllOf(Handle transaction, String team) {
        transaction
                .createUpdate("delete from webhook where team = :team")
                .bind("team", team)
                .execute();
    }

    /** With its deliveries. False where it is there no longer. */
    public static boolean delete(Handle transaction, UUID webhookId) {
        return transaction
                        .createUpdate("delete from webhook where webhook_id = :webhookId")
                        .bind("webhookId", webhookId)
                        .execute()
                == 1;
    }

    /**
     * Another secret takes the place of the present one, which signs for a while too. False where the webhook is there
     * no longer.
     */
    public static boolean rotate(Handle transaction, UUID webhookId, SigningSecret secret, Duration overlap) {
        return transaction
                        .createUpdate("update webhook set former_secret = secret,"
                                + " former_secret_until = now() + make_interval(secs => :seconds), secret = :secret"
                                + " where webhook_id = :webhookId")
                        .bind("webhookId", webhookId)
                        .bind("secret", new SecretArgument(secret))
                        .bind("seconds", (double) overlap.toSeconds())
                        .execute()
                == 1;
    }

    /** Whether it was disabled. */
    public static boolean enable(Handle transaction, UUID webhookId) {
        return transaction
                        .createUpdate("update webhook set disabled_at = null, free_at = now()"
                                + " where webhook_id = :webhookId and disabled_at is not null")
                        .bind("webhookId", webhookId)
                        .execute()
                == 1;
    }

    /** Whether it was not. */
    public static boolean disable(Handle transaction, UUID webhookId) {
        return transaction
                        .createUpdate("update webhook set disabled_at = now()"
                                + " where webhook_id = :webhookId and disabled_at is null")
                        .bind("webhookId", webhookId)
                        .execute()
                == 1;
    }

    /** Whose time to sign is over. */
    public static void forgetFormerSecrets(Handle transaction) {
        transaction
                .createUpdate("update webhook set former_secret = null, former_secret_until = null"
                        + " where former_secret_until <= now()")
                .execute();
    }

    private static StoredWebhook stored(ResultSet row) throws SQLException {
        return new StoredWebhook(
                row.getObject("webhook_id", UUID.class),
                row.getString("team"),
                new WebhookUrl(row.getString("url")),
                List.of((String[]) row.getArray("events").getArray()),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "disabled_at"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
