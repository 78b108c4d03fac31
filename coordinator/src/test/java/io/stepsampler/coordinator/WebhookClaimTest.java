package io.stepsampler.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.stepsampler.coordinator.WebhookCalls.Delivery;
import io.stepsampler.coordinator.WebhookCalls.Made;
import io.stepsampler.coordinator.WebhookReceiver.Received;
import io.stepsampler.coordinator.WebhookReceiver.Reply;
import io.stepsampler.coordinator.storage.DeliveryQueue;
import io.stepsampler.coordinator.storage.DueDelivery;
import io.stepsampler.coordinator.webhooks.Answer;
import io.stepsampler.coordinator.webhooks.Verdict;
import io.stepsampler.embedded.ServiceStack;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several senders, and senders that die: the one of this service rests, and the tests take its place. */
@QuarkusTest
@TestProfile(PrivateWebhooks.class)
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class WebhookClaimTest {

    private static final WebhookCalls WEBHOOKS = new WebhookCalls("local");
    private static final String SENDER = "webhook-sender";
    private static final Duration MINUTE = Duration.ofMinutes(1);
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
    void twoSendersNeverHoldTheSameWebhook() {
        Made webhook = WEBHOOKS.make("http://127.0.0.1:1/");
        Made other = WEBHOOKS.make("http://127.0.0.1:1/");
        WEBHOOKS.test(webhook);
        WEBHOOKS.test(webhook);
        WEBHOOKS.test(other);

        database.useTransaction(first -> {
            List<DueDelivery> claimed = DeliveryQueue.claim(first, 1, MINUTE);
            List<DueDelivery> others = elsewhere(() -> claim(10, MINUTE));

            assertThat(claimed).hasSize(1);
            assertThat(others).hasSize(1);
            assertThat(others.get(0).webhookId()).isNotEqualTo(claimed.get(0).webhookId());
        });
        assertThat(claim(10, MINUTE)).isEmpty();
    }

    @Test
    void whoWasServedLongestAgoComesFirst() {
        Made one = WEBHOOKS.make("http://127.0.0.1:1/");
        Made other = WEBHOOKS.make("http://127.0.0.1:1/");
        WEBHOOKS.test(one);
        WEBHOOKS.test(other);

        servedBefore(one, Duration.ofMinutes(1));
        servedBefore(other, Duration.ofMinutes(2));
        String first = claim(1, MINUTE).get(0).webhookId().toString();
        servedBefore(other, Duration.ofMinutes(1));
        servedBefore(one, Duration.ofMinutes(2));
        String second = claim(1, MINUTE).get(0).webhookId().toString();

        assertThat(first).isEqualTo(other.webhookId());
        assertThat(second).isEqualTo(one.webhookId());
    }

    private void servedBefore(Made webhook, Duration before) {
        database.useHandle(handle -> handle.execute(
                "update webhook set free_at = now() - make_interval(secs => ?) where webhook_id = ?::uuid",
                (double) before.toSeconds(),
                webhook.webhookId()));
    }

    @Test
    void whatADeadSenderDidNotRecordIsSentAgainWithTheSameId() {
        try (WebhookReceiver receiver = WebhookReceiver.accepting()) {
            Made webhook = WEBHOOKS.make(receiver.url());
            WEBHOOKS.test(webhook);
            DueDelivery ofDead = claim(1, Duration.ZERO).get(0);

            scheduler.resume(SENDER);
            Delivery delivered = WEBHOOKS.newest(webhook, "delivered");

            assertThat(receiver.received()).extracting(Received::id).containsExactly(ofDead.eventId());
            assertThat(delivered.attempts()).isEqualTo(1);
        }
    }

    @Test
    void aSenderThatTookTooLongDoesNotUndoWhatAnotherRecorded() {
        CompletableFuture<Void> secondCame = new CompletableFuture<>();
        try (WebhookReceiver receiver = new WebhookReceiver(number -> {
            if (number > 0) {
                secondCame.complete(null);
                return Reply.of(200);
            }
            endHolds();
            secondCame.join();
            WEBHOOKS.newest(onlyWebhook(), "delivered");
            return Reply.of(500);
        })) {
            Made webhook = WEBHOOKS.make(receiver.url());
            WEBHOOKS.test(webhook);
            scheduler.resume(SENDER);
            WEBHOOKS.newest(webhook, "delivered");
            WEBHOOKS.test(webhook);
            await().atMost(LONGEST_WAIT).until(() -> receiver.received().size() == 3);
            WEBHOOKS.newest(webhook, "delivered");

            Delivery twice = WEBHOOKS.deliveries(webhook).get(1);
            assertThat(receiver.received().subList(0, 2))
                    .extracting(Received::id)
                    .containsOnly(twice.eventId());
            assertThat(twice.state()).isEqualTo("delivered");
            assertThat(twice.attempts()).isEqualTo(1);
            assertThat(twice.status()).isEqualTo(200);
        }
    }

    private void endHolds() {
        database.useHandle(handle -> handle.execute("update webhook set free_at = now()"));
    }

    private Made onlyWebhook() {
        String webhookId = database.withHandle(handle -> handle.createQuery("select webhook_id::text from webhook")
                .mapTo(String.class)
                .one());
        return new Made(webhookId, "");
    }

    @Test
    void aLateRecordIsIgnored() {
        Made webhook = WEBHOOKS.make("http://127.0.0.1:1/");
        WEBHOOKS.test(webhook);
        DueDelivery late = claim(1, Duration.ZERO).get(0);
        DueDelivery due = claim(1, MINUTE).get(0);
        record(due, new Answer.Status(500, null), new Verdict.Again(Duration.ofHours(1)));

        record(late, new Answer.Status(502, null), new Verdict.GivenUp());

        assertThat(WEBHOOKS.deliveries(webhook).get(0).state()).isEqualTo("pending");
        assertThat(WEBHOOKS.deliveries(webhook).get(0).status()).isEqualTo(500);
    }

    @Test
    void aBusyReceiverIsLeftAlone() {
        Made webhook = WEBHOOKS.make("http://127.0.0.1:1/");
        WEBHOOKS.test(webhook);
        WEBHOOKS.test(webhook);
        DueDelivery due = claim(1, MINUTE).get(0);

        record(due, new Answer.Status(429, Duration.ofMinutes(1)), new Verdict.Again(MINUTE));

        assertThat(claim(1, MINUTE)).isEmpty();
        endHolds();
        assertThat(claim(1, MINUTE)).hasSize(1);
    }

    /** In a transaction of its own: within one thread there is one. */
    private static <T> T elsewhere(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work).join();
    }

    private List<DueDelivery> claim(int atMost, Duration hold) {
        return database.inTransaction(transaction -> DeliveryQueue.claim(transaction, atMost, hold));
    }

    private void record(DueDelivery due, Answer answer, Verdict verdict) {
        database.useTransaction(transaction -> DeliveryQueue.record(transaction, due, answer, verdict));
    }
}
