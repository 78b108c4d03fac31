package io.stepsampler.coordinator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.embedded.TopicTap;
import io.stepsampler.messages.CurveUpdate;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.WorkerState;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What tests of the coordinator ask it, and what they tell it in the analyzer's place. */
final class SearchCalls {

    static final String REPLAY = "{model: {family: replay, checkpoint: /curve.csv}}";

    private SearchCalls() {}

    /** A pool with room for every search that the tests leave running. */
    static void giveRoom(TopicTap<?> broker) {
        broker.send(
                "workers",
                UUID.randomUUID(),
                new WorkerState("worker", "default", 1000, 0, "cpu", "test", Instant.now()));
    }

    /** By an administrator of the platform, for the team local. */
    static RequestSpecification call() {
        return callWith(ServiceStack.FIRST_KEY);
    }

    static RequestSpecification callWith(String apiKey) {
        return given().header("Authorization", "Bearer " + apiKey);
    }

    static UUID submit(String file) {
        Response response = call().body(file).post("/api/v1/searches");
        assertThat(response.statusCode()).isEqualTo(201);
        return Objects.requireNonNull(finding(response).searchId());
    }

    static Finding show(UUID searchId) {
        return finding(get(searchId.toString()));
    }

    static Response get(String path) {
        return call().get("/api/v1/searches/" + path);
    }

    static void awaitTrials(UUID searchId, int count) {
        await().until(() ->
                get(searchId + "/trials").jsonPath().getList("trials").size() == count);
    }

    static Finding finding(Response response) {
        try {
            return MessageJson.read(response.asString().getBytes(StandardCharsets.UTF_8), Finding.class);
        } catch (UnreadableMessage e) {
            throw new AssertionError("not a finding: " + response.asString(), e);
        }
    }

    static boolean isAbout(JsonNode event, UUID searchId) {
        return event.path("subject").asText().equals(searchId.toString());
    }

    static CurveUpdate curve(UUID searchId, long revision, SearchState state) {
        return curve(
                searchId,
                revision,
                state,
                List.of(new Finding.Point(0.001, 0.5, Finding.Status.MEASURED, 1, 17, 20, null, null)));
    }

    static CurveUpdate curve(UUID searchId, long revision, SearchState state, List<Finding.Point> points) {
        Finding finding = new Finding(
                searchId,
                null,
                state,
                0.7,
                null,
                state == SearchState.FOUND ? 0.001 : null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                points,
                null,
                null,
                new Finding.Progress(1, 18, 18),
                new Finding.Cost(18, 360, 9, 10),
                null);
        return new CurveUpdate(searchId, "local", revision, finding);
    }
}
