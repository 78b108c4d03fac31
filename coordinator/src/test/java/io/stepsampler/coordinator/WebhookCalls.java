package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.stepsampler.messages.json.MessageJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What tests ask the coordinator about webhooks of a team. */
record WebhookCalls(String team) {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /** A webhook as it was made. */
    record Made(String webhookId, String secret) {

        static Made of(Response response) {
            assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
            JsonPath answer = response.jsonPath();
            return new Made(answer.getString("webhookId"), answer.getString("secret"));
        }
    }

    /** A line of the record of deliveries; what is absent is empty, or 0. */
    record Delivery(
            long deliveryId, String eventId, String type, String state, int attempts, int status, String fault) {

        private static Delivery of(JsonNode answer) {
            return new Delivery(
                    answer.path("deliveryId").asLong(),
                    answer.path("eventId").asText(),
                    answer.path("type").asText(),
                    answer.path("state").asText(),
                    answer.path("attempts").asInt(),
                    answer.path("status").asInt(),
                    answer.path("fault").asText());
        }
    }

    String path() {
        return "/api/v1/teams/" + team + "/webhooks";
    }

    Response tryToMake(String body) {
        return call().body(body).post(path());
    }

    Made make(String url) {
        return Made.of(tryToMake("{\"url\": \"" + url + "\"}"));
    }

    Response post(Made webhook, String action, String body) {
        return call().body(body).post(path() + "/" + webhook.webhookId() + "/" + action);
    }

    void test(Made webhook) {
        assertThat(post(webhook, "test", "").statusCode()).isEqualTo(202);
    }

    List<Delivery> deliveries(Made webhook) {
        Response response = call().get(path() + "/" + webhook.webhookId() + "/deliveries");
        assertThat(response.statusCode()).isEqualTo(200);
        List<Delivery> deliveries = new ArrayList<>();
        tree(response).path("deliveries").forEach(answer -> deliveries.add(Delivery.of(answer)));
        return deliveries;
    }

    private static JsonNode tree(Response response) {
        try {
            return MessageJson.mapper().readTree(response.asString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(response.asString(), e);
        }
    }

    /** Waits until the newest delivery is in a state. */
    Delivery newest(Made webhook, String state) {
        return await().atMost(LONGEST_WAIT)
                .until(
                        () -> deliveries(webhook).get(0),
                        delivery -> delivery.state().equals(state));
    }

    Delivery newestAfter(Made webhook, int attempts) {
        return await().atMost(LONGEST_WAIT)
                .until(() -> deliveries(webhook).get(0), delivery -> delivery.attempts() >= attempts);
    }

    List<String> actions() {
        return call().get("/api/v1/teams/" + team + "/audit").jsonPath().getList("entries.action");
    }

    void deleteAll() {
        call().get(path())
                .jsonPath()
                .<String>getList("webhooks.webhookId")
                .forEach(id -> call().delete(path() + "/" + id).then().statusCode(200));
    }
}
