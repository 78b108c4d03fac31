package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.stepsampler.coordinator.WebhookCalls.Delivery;
import io.stepsampler.coordinator.WebhookCalls.Made;
import io.stepsampler.coordinator.WebhookReceiver.Reply;
import io.stepsampler.coordinator.storage.StoredWebhook;
import io.stepsampler.coordinator.storage.WebhookStore;
import io.stepsampler.coordinator.webhooks.SigningSecret;
import io.stepsampler.embedded.ServiceStack;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A secret is in the answer that makes it and in the table, and nowhere else. */
@QuarkusTest
@TestProfile(PrivateWebhooks.class)
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class WebhookSecrecyTest {

    private static final WebhookCalls WEBHOOKS = new WebhookCalls("local");

    @Inject
    Jdbi database;

    @AfterEach
    void forget() {
        WEBHOOKS.deleteAll();
    }

    @Test
    void noSecretIsInTheLogWhateverHappens() {
        try (CapturedLog log = CapturedLog.of("io.stepsampler", "org.jdbi", "io.vertx");
                WebhookReceiver receiver = new WebhookReceiver(number -> Reply.of(number == 0 ? 200 : 410))) {
            Made webhook = WEBHOOKS.make(receiver.url());
            Made nowhere = WEBHOOKS.make("http://127.0.0.1:1/");
            Made noTls = WEBHOOKS.make("https://127.0.0.1:" + receiver.port());
            WEBHOOKS.test(webhook);
            WEBHOOKS.newest(webhook, "delivered");
            Made rotated = Made.of(WEBHOOKS.post(webhook, "rotate", ""));
            WEBHOOKS.test(webhook);
            WEBHOOKS.newest(webhook, "failed");
            WEBHOOKS.test(nowhere);
            WEBHOOKS.test(noTls);
            assertThat(WEBHOOKS.newestAfter(nowhere, 1).fault()).isEqualTo("no connection to 127.0.0.1");
            assertThat(WEBHOOKS.newestAfter(noTls, 1).fault()).startsWith("no secure connection to 127.0.0.1");

            assertThat(log.text())
                    .contains("webhook " + webhook.webhookId() + " is disabled")
                    .doesNotContain(secretPart(webhook))
                    .doesNotContain(secretPart(rotated))
                    .doesNotContain(secretPart(nowhere))
                    .doesNotContain(secretPart(noTls));
        }
    }

    @Test
    void aSecretThatCannotBeUsedIsABugThatDoesNotShowIt() {
        try (CapturedLog log = CapturedLog.of("io.stepsampler");
                WebhookReceiver receiver = WebhookReceiver.accepting()) {
            Made webhook = WEBHOOKS.make(receiver.url());
            database.useHandle(handle -> handle.execute("update webhook set secret = secret || '*'"));
            WEBHOOKS.test(webhook);

            Delivery failed = WEBHOOKS.newestAfter(webhook, 1);

            assertThat(failed.fault()).isEqualTo("this service could not send it");
            assertThat(receiver.received()).isEmpty();
            assertThat(log.text())
                    .contains("delivery " + failed.deliveryId() + " of webhook " + webhook.webhookId()
                            + " cannot be sent")
                    .doesNotContain(secretPart(webhook));
        }
    }

    @Test
    void aStatementThatFailsDoesNotShowTheSecretAmongItsArguments() {
        Made made = WEBHOOKS.make("http://127.0.0.1:1/");
        StoredWebhook webhook = database.withHandle(
                        handle -> WebhookStore.find(handle, "local", UUID.fromString(made.webhookId())))
                .orElseThrow();
        SigningSecret secret = SigningSecret.generate(new SecureRandom());

        assertThatThrownBy(() ->
                        database.useTransaction(transaction -> WebhookStore.insert(transaction, webhook, secret, 10)))
                .hasMessageContaining("duplicate key")
                .hasMessageContaining(made.webhookId())
                .satisfies(failure -> assertThat(failure.toString() + failure.getCause())
                        .doesNotContain(secret.text().substring("whsec_".length())));
    }

    @Test
    void theTablesHoldItOnceAndTheApiNever() {
        Made webhook = WEBHOOKS.make("http://127.0.0.1:1/");
        WEBHOOKS.test(webhook);

        List<String> rows = database.withHandle(handle -> handle.createQuery(
                        "select audit::text from audit union all select webhook_event::text from webhook_event"
                                + " union all select webhook_delivery::text from webhook_delivery"
                                + " union all select outbox::text from outbox")
                .mapTo(String.class)
                .list());
        String answers = call().get(WEBHOOKS.path()).asString()
                + call().get(WEBHOOKS.path() + "/" + webhook.webhookId() + "/deliveries")
                        .asString()
                + call().get("/api/v1/teams/local/audit").asString();

        assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(secretPart(webhook)));
        assertThat(answers).doesNotContain(secretPart(webhook));
    }

    private static String secretPart(Made webhook) {
        return webhook.secret().substring("whsec_".length());
    }
}
