package io.stepsampler.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.stepsampler.coordinator.WebhookCalls.Made;
import io.stepsampler.coordinator.storage.DeliveryQueue;
import io.stepsampler.coordinator.storage.DeliveryStore;
import io.stepsampler.coordinator.storage.DueDelivery;
import io.stepsampler.coordinator.storage.WebhookEvent;
import io.stepsampler.coordinator.storage.WebhookStore;
import io.stepsampler.embedded.ServiceStack;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that a webhook is to get, from the transaction that decides them to the day when they are forgotten. */
@QuarkusTest
@TestProfile(PrivateWebhooks.class)
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class WebhookEventTest {

    private static final WebhookCalls WEBHOOKS = new WebhookCalls("local");
    private static final String SENDER = "webhook-sender";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    @Inject
    Jdbi database;

    @Inject
    Scheduler scheduler;

    @BeforeEach
    void rest() {
        scheduler.pause(SENDER);
    }

    @AfterEach
    void goOn() {
        scheduler.resume(SENDER);
        WEBHOOKS.deleteAll();
    }

    @Test
    void anEventIsNotThereBeforeItsCommit() {
        Made webhook = WEBHOOKS.make("http://127.0.0.1:1/");
        database.useTransaction(transaction -> {
            DeliveryStore.add(transaction, "local", event());

            assertThat(waitingElsewhere()).isEmpty();
            transaction.rollback();
        });

        assertThat(WEBHOOKS.deliveries(webhook)).isEmpty();
    }

    @Test
    void theSameEventIsSentOnce() {
        Made webhook = WEBHOOKS.make("http://127.0.0.1:1/");
        WebhookEvent event = event();

        database.useTransaction(transaction -> DeliveryStore.add(transaction, "local", event));
        database.useTransaction(transaction -> DeliveryStore.add(transaction, "local", event));

        assertThat(WEBHOOKS.deliveries(webhook)).hasSize(1);
    }

    @Test
    void aWebhookThatIsBeingDeletedDoesNotFailTheEvent() {
        Made deleted = WEBHOOKS.make("http://127.0.0.1:1/");
        Made kept = WEBHOOKS.make("http://127.0.0.1:1/");
        try (Handle deleting = database.open()) {
            deleting.begin();
            WebhookStore.delete(deleting, UUID.fromString(deleted.webhookId()));
            CompletableFuture<Void> adding = CompletableFuture.runAsync(
                    () -> database.useTransaction(transaction -> DeliveryStore.add(transaction, "local", event())));
            await().atMost(LONGEST_WAIT).until(this::somebodyWaitsForALock);
            deleting.commit();

            adding.join();
        }

        assertThat(WEBHOOKS.deliveries(kept)).hasSize(1);
    }

    private boolean somebodyWaitsForALock() {
        return database.withHandle(
                handle -> handle.createQuery("select exists (select 1 from pg_locks where not granted)")
                        .mapTo(Boolean.class)
                        .one());
    }

    @Test
    void whatIsOldIsForgotten() {
        Made webhook = WEBHOOKS.make("http://127.0.0.1:1/");
        WEBHOOKS.test(webhook);
        database.useHandle(
                handle -> handle.execute("update webhook_event set created_at = now() - interval '31 days'"));
        WEBHOOKS.test(webhook);
        WEBHOOKS.post(webhook, "rotate", "{\"overlap\": \"PT0S\"}");

        database.useTransaction(DeliveryStore::forgetOld);
        database.useTransaction(WebhookStore::forgetFormerSecrets);

        assertThat(WEBHOOKS.deliveries(webhook)).hasSize(1);
        assertThat(formerSecrets()).isZero();
        WEBHOOKS.post(webhook, "rotate", "");
        database.useTransaction(WebhookStore::forgetFormerSecrets);
        assertThat(formerSecrets()).isEqualTo(1);
    }

    private int formerSecrets() {
        return database.withHandle(
                handle -> handle.createQuery("select count(*) from webhook where former_secret is not null")
                        .mapTo(Integer.class)
                        .one());
    }

    private static WebhookEvent event() {
        return new WebhookEvent(UUID.randomUUID().toString(), "io.stepsampler.search.failed", "{}");
    }

    /** In a transaction of its own: within one thread there is one. */
    private List<DueDelivery> waitingElsewhere() {
        return CompletableFuture.supplyAsync(() -> database.inTransaction(
                        transaction -> DeliveryQueue.claim(transaction, 10, Duration.ofMinutes(1))))
                .join();
    }
}
