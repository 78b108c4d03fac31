package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.REPLAY;
import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.curve;
import static io.stepsampler.coordinator.SearchCalls.isAbout;
import static io.stepsampler.coordinator.SearchCalls.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.stepsampler.coordinator.WebhookCalls.Delivery;
import io.stepsampler.coordinator.WebhookCalls.Made;
import io.stepsampler.coordinator.WebhookReceiver.Received;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.json.MessageJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What receivers on this machine get, and what becomes of it. */
@QuarkusTest
@TestProfile(PrivateWebhooks.class)
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class WebhookDeliveryTest {

    private static final WebhookCalls WEBHOOKS = new WebhookCalls("local");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    @ConfigProperty(name = PrivateWebhooks.TRUST_STORE)
    String trustStore = "";

    @AfterEach
    void forget() {
        WEBHOOKS.deleteAll();
    }

    @Test
    void aFinishedSearchIsToldOnceAndSigned() throws Exception {
        try (CoordinatorTopics topics = new CoordinatorTopics(bootstrapServers);
                WebhookReceiver receiver = WebhookReceiver.accepting()) {
            Made webhook = WEBHOOKS.make(receiver.url());
            UUID first = submit(REPLAY);
            topics.probes().send("curves", first, curve(first, 2, SearchState.FOUND));
            topics.probes().send("curves", first, curve(first, 3, SearchState.UNRELIABLE));
            UUID second = submit(REPLAY);
            topics.probes().send("curves", second, curve(second, 1, SearchState.UNRELIABLE));

            List<Received> received = await().atMost(LONGEST_WAIT).until(receiver::received, all -> all.size() == 2);

            Received finding = received.get(0);
            JsonNode event = MessageJson.mapper().readTree(finding.body());
            assertThat(event).isEqualTo(topics.findings().first(candidate -> isAbout(candidate, first)));
            assertThat(event.path("type").asText()).isEqualTo("io.stepsampler.search.completed");
            assertThat(finding.id()).isEqualTo(event.path("id").asText());
            assertThat(finding.method() + " " + finding.path()).isEqualTo("POST /findings");
            assertThat(finding.contentType()).isEqualTo("application/cloudevents+json");
            assertThat(Instant.ofEpochSecond(Long.parseLong(finding.timestamp())))
                    .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(1));
            assertThat(finding.isSignedWith(webhook.secret())).isTrue();
            assertThat(received.get(1).body()).contains("io.stepsampler.search.needs-attention");
            WEBHOOKS.newest(webhook, "delivered");
            assertThat(WEBHOOKS.deliveries(webhook))
                    .extracting(Delivery::state, Delivery::attempts, Delivery::status)
                    .containsOnly(tuple("delivered", 1, 204))
                    .hasSize(2);
        }
    }

    @Test
    void aReceiverMayHaveACertificateThatTheDeploymentTrusts() throws Exception {
        TestCertificate certificate = new TestCertificate(Path.of(trustStore));
        try (WebhookReceiver receiver = WebhookReceiver.secure(certificate.context())) {
            Made webhook = WEBHOOKS.make("https://localhost:" + receiver.port());
            WEBHOOKS.test(webhook);

            WEBHOOKS.newest(webhook, "delivered");

            assertThat(receiver.received()).hasSize(1);
        }
    }

    @Test
    void aWebhookGetsTheEventsThatItWants() throws Exception {
        try (CoordinatorTopics topics = new CoordinatorTopics(bootstrapServers);
                WebhookReceiver receiver = WebhookReceiver.accepting()) {
            Made webhook = Made.of(WEBHOOKS.tryToMake("{\"url\": \"" + receiver.url()
                    + "\", \"events\": [\"io.stepsampler.search.refused\", \"io.stepsampler.search.failed\"]}"));
            UUID cancelled = submit(REPLAY);
            call().post("/api/v1/searches/" + cancelled + "/cancel");
            UUID failed = submit(REPLAY);
            topics.probes().send("curves", failed, curve(failed, 1, SearchState.FAILED));
            topics.probes()
                    .sendText(
                            "search-requests.local",
                            failed,
                            "{\"specversion\":\"1.0\",\"source\":\"/ci\",\"type\":\"checkpoint\",\"id\":\"" + failed
                                    + "\",\"data\":{}}");
            await().atMost(LONGEST_WAIT).until(() -> receiver.received().size() == 2);
            WEBHOOKS.test(webhook);
            await().atMost(LONGEST_WAIT).until(() -> receiver.received().size() == 3);

            assertThat(WEBHOOKS.deliveries(webhook))
                    .extracting(Delivery::type)
                    .containsExactlyInAnyOrder(
                            "io.stepsampler.webhook.test",
                            "io.stepsampler.search.refused",
                            "io.stepsampler.search.failed");
        }
    }

    @Test
    void anotherTeamHearsNothing() {
        WebhookCalls others = new WebhookCalls("vision");
        try (WebhookReceiver receiver = WebhookReceiver.accepting();
                WebhookReceiver otherReceiver = WebhookReceiver.accepting()) {
            Made other = others.make(otherReceiver.url());
            WEBHOOKS.make(receiver.url());
            UUID cancelled = submit(REPLAY);
            call().post("/api/v1/searches/" + cancelled + "/cancel");
            await().atMost(LONGEST_WAIT).until(() -> receiver.received().size() == 1);

            assertThat(others.deliveries(other)).isEmpty();
            assertThat(otherReceiver.received()).isEmpty();
        } finally {
            others.deleteAll();
        }
    }

    @Test
    void bothSecretsSignForAsLongAsIsSaid() {
        try (WebhookReceiver receiver = WebhookReceiver.accepting()) {
            Made first = WEBHOOKS.make(receiver.url());
            Made second = Made.of(WEBHOOKS.post(first, "rotate", ""));
            WEBHOOKS.test(first);
            await().atMost(LONGEST_WAIT).until(() -> receiver.received().size() == 1);
            Made third = Made.of(WEBHOOKS.post(first, "rotate", "{\"overlap\": \"PT0S\"}"));
            WEBHOOKS.test(first);
            await().atMost(LONGEST_WAIT).until(() -> receiver.received().size() == 2);

            Received withBoth = receiver.received().get(0);
            Received withOne = receiver.received().get(1);

            assertThat(withBoth.isSignedWith(first.secret())).isTrue();
            assertThat(withBoth.isSignedWith(second.secret())).isTrue();
            assertThat(withOne.isSignedWith(second.secret())).isFalse();
            assertThat(withOne.isSignedWith(third.secret())).isTrue();
        }
    }
}
