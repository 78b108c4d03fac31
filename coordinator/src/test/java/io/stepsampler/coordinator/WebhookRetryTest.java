package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.REPLAY;
import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.stepsampler.coordinator.WebhookCalls.Delivery;
import io.stepsampler.coordinator.WebhookCalls.Made;
import io.stepsampler.coordinator.WebhookReceiver.Received;
import io.stepsampler.coordinator.WebhookReceiver.Reply;
import io.stepsampler.embedded.ServiceStack;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Receivers that do not take an event, or not at once. */
@QuarkusTest
@TestProfile(PrivateWebhooks.class)
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class WebhookRetryTest {

    private static final WebhookCalls WEBHOOKS = new WebhookCalls("local");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    @AfterEach
    void forget() {
        WEBHOOKS.deleteAll();
    }

    @Test
    void anEventIsSentAgainUntilItIsAccepted() {
        try (WebhookReceiver receiver = new WebhookReceiver(number -> Reply.of(number < 2 ? 500 : 200))) {
            Made webhook = WEBHOOKS.make(receiver.url());
            WEBHOOKS.test(webhook);

            Delivery delivered = WEBHOOKS.newest(webhook, "delivered");

            assertThat(delivered.attempts()).isEqualTo(3);
            assertThat(delivered.status()).isEqualTo(200);
            assertThat(delivered.fault()).isEmpty();
            assertThat(receiver.received())
                    .hasSize(3)
                    .allMatch(received -> received.isSignedWith(webhook.secret()))
                    .extracting(Received::id)
                    .containsOnly(delivered.eventId());
        }
    }

    @Test
    void anEventThatIsNeverAcceptedIsGivenUpUntilItIsAskedForAgain() {
        try (WebhookReceiver receiver = new WebhookReceiver(number -> Reply.of(number < 4 ? 400 : 200))) {
            Made webhook = WEBHOOKS.make(receiver.url());
            WEBHOOKS.test(webhook);

            Delivery failed = WEBHOOKS.newest(webhook, "failed");
            Response again = WEBHOOKS.post(webhook, "deliveries/" + failed.deliveryId() + "/retry", "");
            Delivery delivered = WEBHOOKS.newest(webhook, "delivered");

            assertThat(failed.attempts()).isEqualTo(4);
            assertThat(failed.fault()).isEqualTo("the receiver answered 400");
            assertThat(again.statusCode()).isEqualTo(202);
            assertThat(again.jsonPath().getString("state")).isEqualTo("pending");
            assertThat(delivered.attempts()).isEqualTo(1);
            assertThat(receiver.received()).hasSize(5).extracting(Received::id).containsOnly(failed.eventId());
        }
    }

    @Test
    void aReceiverThatIsGoneIsSentNothingUntilItsWebhookIsEnabled() {
        try (WebhookReceiver receiver = new WebhookReceiver(number -> Reply.of(number == 0 ? 410 : 200))) {
            Made webhook = WEBHOOKS.make(receiver.url());
            WEBHOOKS.test(webhook);
            Delivery failed = WEBHOOKS.newest(webhook, "failed");

            Response test = WEBHOOKS.post(webhook, "test", "");
            UUID unheard = submit(REPLAY);
            call().post("/api/v1/searches/" + unheard + "/cancel");
            String since = call().get(WEBHOOKS.path()).jsonPath().getString("webhooks[0].disabledAt");
            Response enabled = WEBHOOKS.post(webhook, "enable", "");
            WEBHOOKS.test(webhook);
            WEBHOOKS.newest(webhook, "delivered");

            assertThat(failed.attempts()).isEqualTo(1);
            assertThat(failed.fault()).isEqualTo("the receiver answered 410");
            assertThat(test.statusCode()).isEqualTo(409);
            assertThat(test.jsonPath().getString("detail"))
                    .isEqualTo("webhook " + webhook.webhookId() + " is disabled since " + since
                            + ", when its receiver answered 410; enable it first");
            assertThat(enabled.jsonPath().getString("disabledAt")).isNull();
            assertThat(receiver.received()).hasSize(2);
            assertThat(WEBHOOKS.actions()).startsWith("test webhook", "enable webhook");
            assertThat(WEBHOOKS.actions()).contains("disable webhook");
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (WebhookReceiver other = WebhookReceiver.accepting();
                WebhookReceiver receiver =
                        new WebhookReceiver(number -> new Reply(303, Map.of("Location", other.url())))) {
            Made webhook = WEBHOOKS.make(receiver.url());
            WEBHOOKS.test(webhook);

            Delivery failed = WEBHOOKS.newest(webhook, "failed");

            assertThat(failed.status()).isEqualTo(303);
            assertThat(failed.fault())
                    .isEqualTo("the receiver answered 303; redirects are not followed: the webhook must have the last"
                            + " address");
            assertThat(other.received()).isEmpty();
        }
    }

    @Test
    void aSlowReceiverGetsOneAtATimeAndHoldsUpNobody() {
        CountDownLatch end = new CountDownLatch(1);
        try (WebhookReceiver slow = new WebhookReceiver(number -> afterwards(end));
                WebhookReceiver other = WebhookReceiver.accepting()) {
            Made slowWebhook = WEBHOOKS.make(slow.url());
            WEBHOOKS.test(slowWebhook);
            WEBHOOKS.test(slowWebhook);
            await().atMost(LONGEST_WAIT).until(() -> slow.received().size() == 1);

            Made webhook = WEBHOOKS.make(other.url());
            for (int event = 0; event < 20; event++) {
                WEBHOOKS.test(webhook);
            }
            await().atMost(LONGEST_WAIT).until(() -> other.received().size() == 20);

            assertThat(slow.received()).hasSize(1);
            assertThat(WEBHOOKS.deliveries(slowWebhook))
                    .extracting(Delivery::state)
                    .containsOnly("pending");
            end.countDown();
            await().atMost(LONGEST_WAIT).until(() -> slow.received().size() == 2);
        }
    }

    private static Reply afterwards(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Reply.of(200);
    }
}
