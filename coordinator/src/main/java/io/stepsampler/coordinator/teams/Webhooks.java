package io.stepsampler.coordinator.teams;

import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.storage.AuditStore;
import io.stepsampler.coordinator.storage.DeliveryStore;
import io.stepsampler.coordinator.storage.StoredDelivery;
import io.stepsampler.coordinator.storage.StoredWebhook;
import io.stepsampler.coordinator.storage.WebhookEvent;
import io.stepsampler.coordinator.storage.WebhookStore;
import io.stepsampler.coordinator.webhooks.EventType;
import io.stepsampler.coordinator.webhooks.SigningSecret;
import io.stepsampler.coordinator.webhooks.WebhookUrl;
import io.stepsampler.messages.CloudEvent;
import io.stepsampler.messages.json.MessageJson;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A team's webhooks: made, listed, changed, tried out. A secret leaves this service once, when it is made. */
@Singleton
public final class Webhooks {

    public static final int MOST_OF_A_TEAM = 10;

    private final Jdbi database;
    private final KnownDeployment deployment;
    private final SecureRandom random = new SecureRandom();

    Webhooks(Jdbi database, KnownDeployment deployment) {
        this.database = database;
        this.deployment = deployment;
    }

    /** {@code secret}: the one that signs from now on. */
    public record Made(StoredWebhook webhook, SigningSecret secret) {}

    /** What the event of a test holds. */
    private record Test(UUID webhookId, String team) {}

    /**
     * @param events types of the events that it wants, empty for all
     * @return empty where the team has as many as it may, is there no longer, or is going
     */
    public Optional<Made> make(Caller caller, String team, WebhookUrl url, List<String> events) {
        StoredWebhook wanted =
                new StoredWebhook(UUID.randomUUID(), team, url, events, caller.name(), Instant.now(), null);
        SigningSecret secret = SigningSecret.generate(random);
        return database.inTransaction(transaction -> {
            if (!deployment.holdsStaying(transaction, team)) {
                return Optional.empty();
            }
            return WebhookStore.insert(transaction, wanted, secret, MOST_OF_A_TEAM)
                    .map(webhook -> {
                        audit(transaction, caller, "create webhook", webhook);
                        return new Made(webhook, secret);
                    });
        });
    }

    /** In the order in which they were made. */
    public List<StoredWebhook> list(String team) {
        return database.withHandle(handle -> WebhookStore.ofTeam(handle, team));
    }

    public Optional<StoredWebhook> find(String team, UUID webhookId) {
        return database.withHandle(handle -> WebhookStore.find(handle, team, webhookId));
    }

    /** With the record of its deliveries. */
    public void delete(Caller caller, StoredWebhook webhook) {
        database.useTransaction(transaction -> {
            if (WebhookStore.delete(transaction, webhook.webhookId())) {
                audit(transaction, caller, "delete webhook", webhook);
            }
        });
    }

    /**
     * Another secret, beside which the former one signs for a while, so that the receiver has the time to change. Empty
     * where the webhook is there no longer.
     */
    public Optional<Made> rotate(Caller caller, StoredWebhook webhook, Duration overlap) {
        SigningSecret secret = SigningSecret.generate(random);
        return database.inTransaction(transaction -> {
            if (!WebhookStore.rotate(transaction, webhook.webhookId(), secret, overlap)) {
                return Optional.empty();
            }
            audit(transaction, caller, "rotate webhook secret", webhook);
            return Optional.of(new Made(webhook, secret));
        });
    }

    /** One that is not disabled stays as it is. */
    public void enable(Caller caller, StoredWebhook webhook) {
        database.useTransaction(transaction -> {
            if (WebhookStore.enable(transaction, webhook.webhookId())) {
                audit(transaction, caller, "enable webhook", webhook);
            }
        });
    }

    /** Sends an event that tells nothing. Empty where the webhook is there no longer. */
    public Optional<StoredDelivery> test(Caller caller, StoredWebhook webhook) {
        WebhookEvent event = test(webhook);
        return database.inTransaction(transaction -> {
            Optional<StoredDelivery> made = DeliveryStore.add(transaction, webhook.team(), webhook.webhookId(), event);
            made.ifPresent(delivery -> audit(transaction, caller, "test webhook", webhook));
            return made;
        });
    }

    private static WebhookEvent test(StoredWebhook webhook) {
        String type = EventType.WEBHOOK_TEST.label();
        CloudEvent<Test> event = new CloudEvent<>(
                "1.0",
                UUID.randomUUID().toString(),
                EventType.SOURCE,
                type,
                webhook.webhookId().toString(),
                Instant.now(),
                "application/json",
                new Test(webhook.webhookId(), webhook.team()));
        return new WebhookEvent(event.id(), type, new String(MessageJson.write(event), StandardCharsets.UTF_8));
    }

    /**
     * The newest first.
     *
     * @param before the id of a delivery; all that are returned are older
     */
    public List<StoredDelivery> deliveries(StoredWebhook webhook, long before, int atMost) {
        return database.withHandle(handle -> DeliveryStore.ofWebhook(handle, webhook.webhookId(), before, atMost));
    }

    /** Sends an event once more, whatever became of it. Empty where the webhook has no such delivery. */
    public Optional<StoredDelivery> retry(Caller caller, StoredWebhook webhook, long deliveryId) {
        return database.inTransaction(transaction -> {
            Optional<StoredDelivery> again = DeliveryStore.again(transaction, webhook.webhookId(), deliveryId);
            again.ifPresent(delivery -> audit(transaction, caller, "retry delivery " + deliveryId, webhook));
            return again;
        });
    }

    private static void audit(Handle transaction, Caller caller, String action, StoredWebhook webhook) {
        AuditStore.add(
                transaction,
                caller,
                webhook.team(),
                action,
                webhook.webhookId() + " (" + webhook.url().origin() + ")");
    }
}
