package io.stepsampler.coordinator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.embedded.TopicTap;
import io.stepsampler.messages.CurveUpdate;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.WorkerState;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import io.stepsampler.method.LearningRate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class CoordinatorTest {

    private static final String REPLAY = "{model: {family: replay, checkpoint: /curve.csv}}";

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    private TopicTap<Probe> probes;
    private TopicTap<Search> searches;
    private TopicTap<JsonNode> findings;

    /** A pool with room for every search that these tests leave running. */
    @BeforeEach
    void listen() {
        probes = new TopicTap<>(bootstrapServers, "probes.default", Probe.class);
        searches = new TopicTap<>(bootstrapServers, "searches", Search.class);
        findings = new TopicTap<>(bootstrapServers, "findings.local", JsonNode.class);
        probes.send(
                "workers",
                UUID.randomUUID(),
                new WorkerState("worker", "default", 1000, 0, "cpu", "test", Instant.now()));
    }

    @AfterEach
    void close() {
        probes.close();
        searches.close();
        findings.close();
    }

    @Test
    void aSubmittedSearchStartsWithItsBaselineAlone() {
        UUID searchId = submit(REPLAY);

        Probe baseline = probes.first(probe -> probe.searchId().equals(searchId));

        assertThat(baseline.kind()).isEqualTo(new ProbeKind.ConstantRate(0));
        assertThat(baseline.round()).isZero();
        assertThat(baseline.baselineLossScale()).isNull();
        assertThat(searches.first(search -> search.searchId().equals(searchId)).state())
                .isEqualTo(SearchState.RUNNING);
        assertThat(show(searchId).state()).isEqualTo(SearchState.RUNNING);
    }

    @Test
    void theCoarseGridFollowsTheMeasuredBaselineOnce() {
        UUID searchId = submit(REPLAY);
        Probe baseline = probes.first(probe -> probe.searchId().equals(searchId));
        TrialEvent.Finished measured = finished(baseline, new Outcome.Measured(0.7, List.of(0.7, -0.9)));

        probes.send("trials", searchId, measured);
        probes.send("trials", searchId, measured);
        UUID other = submit(REPLAY);
        Probe otherBaseline = probes.first(probe -> probe.searchId().equals(other));
        probes.send("trials", other, finished(otherBaseline, new Outcome.Measured(0.7, List.of(0.7))));
        probes.atLeast(5, probe -> probe.searchId().equals(other));

        List<Probe> sent = probes.all(probe -> probe.searchId().equals(searchId));
        assertThat(sent).hasSize(5);
        assertThat(sent.subList(1, 5)).allSatisfy(probe -> {
            assertThat(probe.round()).isEqualTo(1);
            assertThat(probe.baselineLossScale()).isEqualTo(0.9);
        });
    }

    @Test
    void aFindingIsShownAndAnnouncedOnce() {
        UUID searchId = submit(REPLAY);

        probes.send("curves", searchId, curve(searchId, 2, SearchState.FOUND));
        probes.send("curves", searchId, curve(searchId, 1, SearchState.RUNNING));
        probes.send("curves", searchId, curve(searchId, 3, SearchState.UNRELIABLE));

        JsonNode event = findings.first(candidate -> isAbout(candidate, searchId));
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("type").asText()).isEqualTo("io.stepsampler.search.completed");
        assertThat(event.path("data").path("recommendedLearningRate").asDouble())
                .isEqualTo(0.001);
        UUID later = submit(REPLAY);
        probes.send("curves", later, curve(later, 1, SearchState.FOUND));
        findings.first(candidate -> isAbout(candidate, later));
        assertThat(show(searchId).state()).isEqualTo(SearchState.FOUND);
        assertThat(findings.all(candidate -> isAbout(candidate, searchId))).hasSize(1);
    }

    @Test
    void aFindingAfterACancellationChangesNothing() {
        UUID searchId = submit(REPLAY);

        given().post("/api/v1/searches/" + searchId + "/cancel").then().statusCode(200);
        probes.send("curves", searchId, curve(searchId, 7, SearchState.FOUND));
        UUID later = submit(REPLAY);
        probes.send("curves", later, curve(later, 1, SearchState.FOUND));
        findings.first(candidate -> isAbout(candidate, later));

        assertThat(show(searchId).state()).isEqualTo(SearchState.CANCELLED);
        assertThat(searches.first(
                                search -> search.searchId().equals(searchId) && search.state() == SearchState.CANCELLED)
                        .revision())
                .isEqualTo(2);
        assertThat(findings.first(candidate -> isAbout(candidate, searchId))
                        .path("type")
                        .asText())
                .isEqualTo("io.stepsampler.search.cancelled");
    }

    @Test
    void aCancellationAfterTheFindingChangesNothing() {
        UUID searchId = submit(REPLAY);
        probes.send("curves", searchId, curve(searchId, 1, SearchState.FOUND));
        findings.first(candidate -> isAbout(candidate, searchId));

        given().post("/api/v1/searches/" + searchId + "/cancel").then().statusCode(200);

        assertThat(show(searchId).state()).isEqualTo(SearchState.FOUND);
    }

    @Test
    void theCurveIsServedAsTableAndPicture() {
        UUID searchId = submit(REPLAY);
        probes.send("curves", searchId, curve(searchId, 1, SearchState.FOUND));
        findings.first(candidate -> isAbout(candidate, searchId));

        String table = get(searchId + "/curve.csv").asString();
        String picture = get(searchId + "/curve.svg").asString();

        assertThat(table).startsWith("learning_rate,loss").contains("0.001,0.5");
        assertThat(picture).startsWith("<svg");
    }

    @Test
    void aSearchThatHasEndedIsReadAgainInAnotherWay() {
        UUID searchId = submit(REPLAY);
        assertThat(get(searchId + "/analysis").statusCode()).isEqualTo(409);
        probes.send("curves", searchId, curve(searchId, 1, SearchState.FOUND, points()));
        findings.first(candidate -> isAbout(candidate, searchId));

        Finding own = finding(get(searchId + "/analysis"));
        Finding paper = finding(get(searchId + "/analysis?reading=paper&thresholdDecades=0.5&method=minimum"));

        assertThat(own.searchId()).isEqualTo(searchId);
        assertThat(own.state()).isEqualTo(SearchState.BUDGET_SPENT);
        assertThat(own.warnings()).extracting(Finding.Warning::code).containsExactly("TOO_COARSE");
        assertThat(paper.state()).isEqualTo(SearchState.FOUND);
        assertThat(paper.recommendedLearningRate()).isEqualTo(0.01);
        assertThat(show(searchId).recommendedLearningRate()).isEqualTo(0.001);
    }

    @Test
    void aSearchWhosePointsDoNotTellTheirPurposeIsNotReadAgain() {
        UUID searchId = submit(REPLAY);
        probes.send("curves", searchId, curve(searchId, 1, SearchState.FOUND));
        findings.first(candidate -> isAbout(candidate, searchId));

        Response response = get(searchId + "/analysis");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.jsonPath().getString("detail"))
                .isEqualTo(
                        "search " + searchId + " was stored by an earlier version, which did not tell what each point"
                                + " was for; analyze its curve.csv instead");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reading=raw           | reading is raw; must be relative or paper
            thresholdDecades=wide | thresholdDecades is wide; must be a number of at least 0.001
            thresholdDecades=0    | thresholdDecades is 0; must be a number of at least 0.001
            method=best           | method is best; must be one of log-midpoint, half-loss, steepest, minimum, minimum-tenth, valley, slide
            """)
    void aWayOfReadingThatDoesNotExistIsRefused(String query, String sentence) {
        Response response = get(UUID.randomUUID() + "/analysis?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("detail")).isEqualTo(sentence);
    }

    /** A grid of half decades that falls around 1e-3 and rises from 1e-2 on. */
    private static List<Finding.Point> points() {
        List<Finding.Point> points = new ArrayList<>(
                List.of(new Finding.Point(0, 1.0, Finding.Status.MEASURED, 0, 17, 20, null, Finding.Purpose.BASELINE)));
        for (int half = -14; half <= 2; half++) {
            double fall = 0.6 / (1 + Math.exp(-(half + 6)));
            double loss = 1 - fall + Math.max(0, half + 4);
            double rate = LearningRate.ofExponent(half / 2.0).value();
            points.add(new Finding.Point(rate, loss, Finding.Status.MEASURED, 1, 17, 20, null, Finding.Purpose.GRID));
        }
        return points;
    }

    @Test
    void anEventStartsASearchOnce() {
        UUID id = UUID.randomUUID();
        String event = "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/ci\",\"type\":\"checkpoint\","
                + "\"data\":{\"name\":\"event " + id
                + "\",\"model\":{\"family\":\"replay\",\"checkpoint\":\"/c.csv\"}}}";

        probes.sendText("search-requests.local", id, event);
        probes.sendText("search-requests.local", id, event);

        Search started = searches.first(
                search -> ("event " + id).equals(search.specification().name()));
        assertThat(started.team()).isEqualTo("local");
        UUID later = submit(REPLAY);
        searches.first(search -> search.searchId().equals(later));
        assertThat(searches.all(
                        search -> ("event " + id).equals(search.specification().name())))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{model: {family: replay, checkpoint: c.csv}}|model.checkpoint|c.csv|model.checkpoint is c.csv;"
                        + " allowed: an absolute path or a URI",
                "{model: {family: replay, checkpoint: /c}, pool: gpu}|pool|gpu|pool is gpu; allowed: default",
                "{model: {family: replay, checkpoint: /c}, search: {budget: {probes: 5}}}|search.budget.probes|5|"
                        + "search.budget.probes is 5; allowed: at least 19, for the baseline, the coarse grid and the"
                        + " confirmation",
            })
    void aBadSearchIsRefusedWithKeyValueAndWhatIsAllowed(String file, String key, String value, String sentence) {
        Response response = given().body(file).post("/api/v1/searches");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.contentType()).isEqualTo("application/problem+json");
        assertThat(response.jsonPath().getString("key")).isEqualTo(key);
        assertThat(response.jsonPath().getString("value")).isEqualTo(value);
        assertThat(response.jsonPath().getString("detail")).isEqualTo(sentence);
    }

    @Test
    void aSearchThatDoesNotExistIsNotFound() {
        assertThat(get(UUID.randomUUID().toString()).statusCode()).isEqualTo(404);
        assertThat(get("not-an-id").jsonPath().getString("detail")).isEqualTo("there is no search not-an-id");
    }

    private static UUID submit(String file) {
        Response response = given().body(file).post("/api/v1/searches");
        assertThat(response.statusCode()).isEqualTo(201);
        return Objects.requireNonNull(finding(response).searchId());
    }

    private static Finding show(UUID searchId) {
        return finding(get(searchId.toString()));
    }

    private static Response get(String path) {
        return given().get("/api/v1/searches/" + path);
    }

    private static Finding finding(Response response) {
        try {
            return MessageJson.read(response.asString().getBytes(StandardCharsets.UTF_8), Finding.class);
        } catch (UnreadableMessage e) {
            throw new AssertionError("not a finding: " + response.asString(), e);
        }
    }

    private static boolean isAbout(JsonNode event, UUID searchId) {
        return event.path("subject").asText().equals(searchId.toString());
    }

    private static TrialEvent.Finished finished(Probe probe, Outcome outcome) {
        return new TrialEvent.Finished(
                probe.probeId(),
                probe.searchId(),
                1,
                "worker",
                Instant.now(),
                outcome,
                new TrialEvent.Cost(20, Duration.ofSeconds(1).toSeconds()),
                new TrialEvent.Conditions("cpu", 1, Map.of(), null, null, null, List.of()));
    }

    private static CurveUpdate curve(UUID searchId, long revision, SearchState state) {
        return curve(
                searchId,
                revision,
                state,
                List.of(new Finding.Point(0.001, 0.5, Finding.Status.MEASURED, 1, 17, 20, null, null)));
    }

    private static CurveUpdate curve(UUID searchId, long revision, SearchState state, List<Finding.Point> points) {
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
