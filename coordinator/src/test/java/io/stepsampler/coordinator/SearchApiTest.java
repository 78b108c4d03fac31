package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.REPLAY;
import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.finding;
import static io.stepsampler.coordinator.SearchCalls.get;
import static io.stepsampler.coordinator.SearchCalls.submit;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.SearchState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What can be done with searches over HTTP besides submitting one. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class SearchApiTest {

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        UUID searchId = submit(REPLAY);
        String tag = get(searchId.toString()).header("ETag");

        Response same = call().header("If-None-Match", tag).get("/api/v1/searches/" + searchId);
        call().post("/api/v1/searches/" + searchId + "/cancel");
        Response changed = call().header("If-None-Match", tag).get("/api/v1/searches/" + searchId);

        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.asString()).isEmpty();
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(finding(changed).state()).isEqualTo(SearchState.CANCELLED);
    }

    @Test
    void aBurstOfRequestsWithTheSameKeysMakesEachSearchOnce() throws Exception {
        String burst = UUID.randomUUID().toString();
        int searches = 20;
        int copies = 5;
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Future<Response>> answers = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            for (int search = 0; search < searches; search++) {
                String key = burst + "-" + search;
                answers.add(callers.submit(() ->
                        call().header("Idempotency-Key", key).body(named(burst)).post("/api/v1/searches")));
            }
        }
        Set<String> made = new HashSet<>();
        for (Future<Response> answer : answers) {
            assertThat(answer.get().statusCode()).isEqualTo(201);
            made.add(answer.get().jsonPath().getString("searchId"));
        }
        callers.shutdown();

        assertThat(made).hasSize(searches);
        assertThat(listed("name=" + burst + "&limit=1000")).containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void aKeyIsNotForTwoBodies() {
        String key = UUID.randomUUID().toString();
        call().header("Idempotency-Key", key).body(REPLAY).post("/api/v1/searches");

        Response other =
                call().header("Idempotency-Key", key).body(named("other")).post("/api/v1/searches");

        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(other.jsonPath().getString("detail"))
                .isEqualTo("Idempotency-Key is " + key + "; was used with another body; must be new for a new search");
    }

    @Test
    void whatAHeaderSaysOfAProxyIsNotTrusted() {
        Response submitted = call().header("X-Forwarded-Proto", "https")
                .header("Forwarded", "proto=https")
                .body(REPLAY)
                .post("/api/v1/searches");

        assertThat(submitted.header("Location"))
                .startsWith("http://")
                .endsWith("/api/v1/searches/" + finding(submitted).searchId());
    }

    @Test
    void aSearchRunsOnceMoreWithWhatIsChanged() {
        UUID first = submit(named("first"));

        Response rerun = call().body("{\"name\": null, \"search\": {\"thresholdDecades\": 0.01}}")
                .post("/api/v1/searches/" + first + "/rerun");
        UUID again = finding(rerun).searchId();
        Response specification = get(again + "/specification");
        Response refused =
                call().body("{\"search\": {\"thresholdDecades\": 0}}").post("/api/v1/searches/" + first + "/rerun");

        assertThat(rerun.statusCode()).isEqualTo(201);
        assertThat(rerun.header("Location")).endsWith("/api/v1/searches/" + again);
        assertThat(again).isNotEqualTo(first);
        assertThat(specification.jsonPath().getDouble("search.thresholdDecades"))
                .isEqualTo(0.01);
        assertThat(specification.jsonPath().getString("name")).isNull();
        assertThat(specification.jsonPath().getString("model.checkpoint.uri")).isEqualTo("/curve.csv");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.jsonPath().getString("key")).isEqualTo("search.thresholdDecades");
    }

    private static List<String> listed(String query) {
        return get("?" + query).jsonPath().getList("searches.searchId", String.class);
    }

    private static String named(String name) {
        return "{name: " + name + ", model: {family: replay, checkpoint: /curve.csv}}";
    }
}
