package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.REPLAY;
import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.curve;
import static io.stepsampler.coordinator.SearchCalls.finding;
import static io.stepsampler.coordinator.SearchCalls.get;
import static io.stepsampler.coordinator.SearchCalls.isAbout;
import static io.stepsampler.coordinator.SearchCalls.submit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.embedded.TopicTap;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TrialEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be done with searches over HTTP besides submitting one. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class SearchApiTest {

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    private TopicTap<Probe> probes;
    private TopicTap<JsonNode> findings;

    @BeforeEach
    void listen() {
        probes = new TopicTap<>(bootstrapServers, "probes.default", Probe.class);
        findings = new TopicTap<>(bootstrapServers, "findings.local", JsonNode.class);
        SearchCalls.giveRoom(probes);
    }

    @AfterEach
    void close() {
        probes.close();
        findings.close();
    }

    @Test
    void aListIsReadPageByPageWithoutGapsThoughSearchesAreAdded() {
        String name = "paged " + UUID.randomUUID();
        List<String> submitted = new ArrayList<>();
        for (int count = 0; count < 5; count++) {
            submitted.add(0, submit(named(name)).toString());
        }

        List<String> listed = new ArrayList<>();
        String next = "";
        do {
            Response page = call().queryParam("name", name.toUpperCase(Locale.ROOT))
                    .queryParam("limit", 2)
                    .queryParams(next.isEmpty() ? Map.of() : Map.of("after", next))
                    .get("/api/v1/searches");
            listed.addAll(page.jsonPath().getList("searches.searchId", String.class));
            String following = page.jsonPath().getString("next");
            next = following == null ? "" : following;
            submit(named(name));
        } while (!next.isEmpty());

        assertThat(listed).isEqualTo(submitted);
    }

    @Test
    void aListHoldsWhatIsAskedFor() {
        String name = "listed " + UUID.randomUUID();
        UUID cancelled = submit(named(name));
        UUID running = submit(named(name));
        call().post("/api/v1/searches/" + cancelled + "/cancel");

        assertThat(listed("name=" + name + "&state=CANCELLED")).containsExactly(cancelled.toString());
        assertThat(listed("name=" + name + "&state=CANCELLED,RUNNING"))
                .containsExactly(running.toString(), cancelled.toString());
        assertThat(listed("searchId=" + running.toString().substring(0, 12))).containsExactly(running.toString());
        assertThat(listed("name=" + name + "&pool=other")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            state=DONE | state is DONE; allowed: one or more of QUEUED, RUNNING, FOUND, BUDGET_SPENT, UNRELIABLE, FAILED, CANCELLED, with commas between
            limit=0    | limit is 0; must be a number from 1 to 1000
            limit=1001 | limit is 1001; must be a number from 1 to 1000
            after=2    | after is 2; must be what an earlier page gave as next
            """)
    void aListThatCannotBeHadIsRefused(String query, String sentence) {
        Response response = get("?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("detail")).isEqualTo(sentence);
    }

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

    @Test
    void everyTrialIsToldWithItsLossesOrItsReason() {
        UUID searchId = submit(REPLAY);
        Probe baseline = probes.first(probe -> probe.searchId().equals(searchId));
        Outcome measured = new Outcome.Measured(0.7, List.of(0.9, 0.8));
        Outcome failed = new Outcome.Failed(Outcome.Code.OUT_OF_MEMORY, null, null, "the device has 2 GiB");
        probes.send("trials", searchId, ended(baseline, 1, failed));
        probes.send("trials", searchId, ended(baseline, 2, measured));
        probes.send("trials", searchId, ended(baseline, 2, measured));
        Finding.Point point = new Finding.Point(
                0, 0.7, Finding.Status.MEASURED, 0, baseline.seed(), baseline.steps(), null, Finding.Purpose.BASELINE);
        probes.send("curves", searchId, curve(searchId, 1, SearchState.FOUND, List.of(point)));
        findings.first(candidate -> isAbout(candidate, searchId));
        probes.atLeast(5, probe -> probe.searchId().equals(searchId));

        Response trials = get(searchId + "/trials");

        assertThat(trials.jsonPath().getList("trials.attempt")).containsExactlyInAnyOrder(1, 2);
        assertThat(trials.jsonPath().getList("trials.find { it.attempt == 2 }.outcome.stepLosses", Double.class))
                .hasSize(2);
        assertThat(trials.jsonPath().getString("trials.find { it.attempt == 1 }.outcome.text"))
                .isEqualTo("the device has 2 GiB");
        assertThat(trials.jsonPath().getDouble("trials[0].learningRate")).isZero();
        assertThat(trials.jsonPath().getString("trials[0].device")).isEqualTo("cpu");
        assertThat(trials.jsonPath().getDouble("trials[0].deviceSeconds")).isEqualTo(1);
    }

    @Test
    void everyTrialIsInTheUsageOfItsTeamOnce() {
        double before = deviceSecondsUsed();
        UUID searchId = submit(REPLAY);
        Probe baseline = probes.first(probe -> probe.searchId().equals(searchId));
        Outcome measured = new Outcome.Measured(0.7, List.of(0.9, 0.8));

        probes.send("trials", searchId, ended(baseline, 1, measured));
        probes.send("trials", searchId, ended(baseline, 1, measured));
        probes.atLeast(5, probe -> probe.searchId().equals(searchId));
        UUID later = submit(REPLAY);
        Probe last = probes.first(probe -> probe.searchId().equals(later));
        probes.send("trials", later, ended(last, 1, measured));
        probes.atLeast(5, probe -> probe.searchId().equals(later));

        assertThat(deviceSecondsUsed() - before).isEqualTo(2);
        assertThat(call().get("/api/v1/teams/local/usage.csv").asString())
                .startsWith("month,team,pool,trials,training_steps,device_seconds\n")
                .contains(",local,default,");
    }

    private static double deviceSecondsUsed() {
        List<Float> months = call().get("/api/v1/teams/local/usage").jsonPath().getList("usage.deviceSeconds");
        return months.stream().mapToDouble(Float::doubleValue).sum();
    }

    private static List<String> listed(String query) {
        return get("?" + query).jsonPath().getList("searches.searchId", String.class);
    }

    private static String named(String name) {
        return "{name: " + name + ", model: {family: replay, checkpoint: /curve.csv}}";
    }

    private static TrialEvent.Finished ended(Probe probe, int attempt, Outcome outcome) {
        return new TrialEvent.Finished(
                probe.probeId(),
                probe.searchId(),
                attempt,
                "worker",
                Instant.now(),
                outcome,
                new TrialEvent.Cost(20, 1),
                new TrialEvent.Conditions("cpu", 1, Map.of(), null, null, null, List.of()));
    }
}
