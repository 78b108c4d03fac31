package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.coordinator.WebhookCalls.Delivery;
import io.stepsampler.coordinator.WebhookCalls.Made;
import io.stepsampler.embedded.ServiceStack;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks as a team sees them, where they may only be at public addresses. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class WebhookApiTest {

    private static final WebhookCalls WEBHOOKS = new WebhookCalls("speech");

    /** Nowhere, for ever (RFC 6761). */
    private static final String URL = "https://hooks.invalid/findings?token=abc";

    @AfterEach
    void forget() {
        WEBHOOKS.deleteAll();
    }

    @Test
    void aNewWebhookShowsItsSecretOnce() {
        Response made = WEBHOOKS.tryToMake("{\"url\": \"" + URL + "\"}");

        String secret = made.jsonPath().getString("secret");
        Response list = call().get(WEBHOOKS.path());

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(secret).matches("whsec_[0-9A-Za-z+/]{43}=");
        assertThat(list.jsonPath().getList("webhooks.webhookId"))
                .containsExactly(made.jsonPath().getString("webhookId"));
        assertThat(list.jsonPath().getString("webhooks[0].url")).isEqualTo(URL);
        assertThat(list.asString()).doesNotContain("whsec_");
    }

    @Test
    void aWebhookMayWantSomeEventsAlone() {
        Response made =
                WEBHOOKS.tryToMake("{\"url\": \"" + URL + "\", \"events\": [\"io.stepsampler.search.failed\"]}");

        assertThat(made.jsonPath().getList("events")).containsExactly("io.stepsampler.search.failed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                             | url is missing; must be a URL such as https://hooks.example.com/findings: https, at a public host, without user and fragment, of at most 2000 characters
            {"url": 3}                                     | url is 3; must be a URL such as https://hooks.example.com/findings: https, at a public host, without user and fragment, of at most 2000 characters
            {"url": "http://hooks.invalid"}                | url is http://hooks.invalid; must be a URL such as https://hooks.example.com/findings: https, at a public host, without user and fragment, of at most 2000 characters
            {"url": "https://169.254.169.254/latest"}      | url is https://169.254.169.254/latest; must be a URL such as https://hooks.example.com/findings: https, at a public host, without user and fragment, of at most 2000 characters
            {"url": "https://hooks.invalid", "events": []} | events is []; must be a list of some of io.stepsampler.search.completed, io.stepsampler.search.needs-attention, io.stepsampler.search.failed, io.stepsampler.search.cancelled, io.stepsampler.search.refused
            {"url": "https://hooks.invalid", "events": ["x"]} | events is ["x"]; must be a list of some of io.stepsampler.search.completed, io.stepsampler.search.needs-attention, io.stepsampler.search.failed, io.stepsampler.search.cancelled, io.stepsampler.search.refused
            {"url": "https://hooks.invalid", "events": "x"} | events is "x"; must be a list of some of io.stepsampler.search.completed, io.stepsampler.search.needs-attention, io.stepsampler.search.failed, io.stepsampler.search.cancelled, io.stepsampler.search.refused
            {"url": "https://hooks.invalid", "secret": "x"} | secret is not known; allowed: url, events
            """)
    void aBadWebhookIsRefused(String body, String sentence) {
        Response response = WEBHOOKS.tryToMake(body);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.jsonPath().getString("detail")).isEqualTo(sentence);
    }

    @Test
    void aTeamHasTenWebhooksAtMostHoweverManyAreMadeAtOnce() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(6);
        List<Future<Response>> answers = new ArrayList<>();
        for (int webhook = 0; webhook < 14; webhook++) {
            answers.add(callers.submit(() -> WEBHOOKS.tryToMake("{\"url\": \"" + URL + "\"}")));
        }
        List<Response> refused = new ArrayList<>();
        for (Future<Response> answer : answers) {
            if (answer.get().statusCode() != 201) {
                refused.add(answer.get());
            }
        }
        callers.shutdown();

        assertThat(refused).hasSize(4).allSatisfy(response -> {
            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(response.jsonPath().getString("detail"))
                    .isEqualTo("team speech has 10 webhooks, as many as it may; delete one first");
        });
    }

    @Test
    void aNameOfThisMachineIsSentNothing() {
        try (WebhookReceiver receiver = WebhookReceiver.accepting()) {
            Made webhook = WEBHOOKS.make("https://localhost:" + receiver.port() + "/x");
            WEBHOOKS.test(webhook);

            Delivery refused = WEBHOOKS.newestAfter(webhook, 1);

            assertThat(refused.state()).isEqualTo("pending");
            assertThat(refused.status()).isZero();
            assertThat(refused.fault())
                    .isEqualTo("localhost is not at a public address; webhooks may be at others only where"
                            + " stepsampler.webhooks.private-addresses is true");
        }
    }

    @Test
    void aNameWithoutAnAddressIsToldInTheRecord() {
        Made webhook = WEBHOOKS.make(URL);
        WEBHOOKS.test(webhook);

        assertThat(WEBHOOKS.newestAfter(webhook, 1).fault()).isEqualTo("hooks.invalid has no address");
    }

    @Test
    void aWebhookThatIsDeletedIsThereNoLonger() {
        Made webhook = WEBHOOKS.make(URL);

        Response deleted = call().delete(WEBHOOKS.path() + "/" + webhook.webhookId());
        Response again = call().delete(WEBHOOKS.path() + "/" + webhook.webhookId());

        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(again.jsonPath().getString("detail")).isEqualTo("there is no webhook " + webhook.webhookId());
        assertThat(call().delete(WEBHOOKS.path() + "/1").statusCode()).isEqualTo(404);
    }

    @Test
    void everyChangeIsInTheAuditWithoutWhatMayBeSecret() {
        Made webhook = WEBHOOKS.make(URL);
        WEBHOOKS.post(webhook, "rotate", "");
        WEBHOOKS.test(webhook);
        WEBHOOKS.post(
                webhook, "deliveries/" + WEBHOOKS.deliveries(webhook).get(0).deliveryId() + "/retry", "");
        call().delete(WEBHOOKS.path() + "/" + webhook.webhookId());

        String audit = call().get("/api/v1/teams/speech/audit").asString();

        assertThat(WEBHOOKS.actions().get(0)).isEqualTo("delete webhook");
        assertThat(WEBHOOKS.actions().get(1)).startsWith("retry delivery ");
        assertThat(WEBHOOKS.actions().subList(2, 5))
                .containsExactly("test webhook", "rotate webhook secret", "create webhook");
        assertThat(audit)
                .contains(webhook.webhookId() + " (https://hooks.invalid)")
                .doesNotContain("token=abc")
                .doesNotContain("whsec_");
    }

    @Test
    void deliveriesAreReadInPages() {
        Made webhook = WEBHOOKS.make(URL);
        WEBHOOKS.test(webhook);
        WEBHOOKS.test(webhook);
        List<Delivery> both = WEBHOOKS.deliveries(webhook);
        String path = WEBHOOKS.path() + "/" + webhook.webhookId() + "/deliveries?before=";

        Response older = call().get(path + both.get(0).deliveryId());
        Response refused = call().get(path + "x");

        assertThat(both).hasSize(2);
        assertThat(older.jsonPath().getList("deliveries.eventId"))
                .containsExactly(both.get(1).eventId());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.jsonPath().getString("detail"))
                .isEqualTo("before is x; must be the id of an entry of the page before");
    }

    @ParameterizedTest
    @CsvSource({"0", "x", "9223372036854775807", "99999999999999999999"})
    void aDeliveryThatIsNotThereIsNotSentAgain(String deliveryId) {
        Made webhook = WEBHOOKS.make(URL);

        Response response = WEBHOOKS.post(webhook, "deliveries/" + deliveryId + "/retry", "");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.jsonPath().getString("detail")).isEqualTo("there is no delivery " + deliveryId);
    }

    @Test
    void anOverlapOfSecretsIsWithinBounds() {
        Made webhook = WEBHOOKS.make(URL);

        Response response = WEBHOOKS.post(webhook, "rotate", "{\"overlap\": \"P91D\"}");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.jsonPath().getString("detail"))
                .isEqualTo("overlap is P91D; must be a duration such as PT24H, of 90 days at most");
    }
}
