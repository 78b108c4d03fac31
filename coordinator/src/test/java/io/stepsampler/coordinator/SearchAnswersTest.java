package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.REPLAY;
import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.curve;
import static io.stepsampler.coordinator.SearchCalls.finding;
import static io.stepsampler.coordinator.SearchCalls.get;
import static io.stepsampler.coordinator.SearchCalls.isAbout;
import static io.stepsampler.coordinator.SearchCalls.show;
import static io.stepsampler.coordinator.SearchCalls.submit;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.SearchState;
import io.stepsampler.method.LearningRate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the coordinator answers over HTTP. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class SearchAnswersTest {

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    private CoordinatorTopics topics;

    @BeforeEach
    void listen() {
        topics = new CoordinatorTopics(bootstrapServers);
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void theCurveIsServedAsTableAndPicture() {
        UUID searchId = submit(REPLAY);
        topics.probes().send("curves", searchId, curve(searchId, 1, SearchState.FOUND));
        topics.findings().first(candidate -> isAbout(candidate, searchId));

        String table = get(searchId + "/curve.csv").asString();
        String picture = get(searchId + "/curve.svg").asString();

        assertThat(table).startsWith("learning_rate,loss").contains("0.001,0.5");
        assertThat(picture).startsWith("<svg");
    }

    @Test
    void aSearchThatHasEndedIsReadAgainInAnotherWay() {
        UUID searchId = submit(REPLAY);
        assertThat(get(searchId + "/analysis").statusCode()).isEqualTo(409);
        topics.probes().send("curves", searchId, curve(searchId, 1, SearchState.FOUND, points()));
        topics.findings().first(candidate -> isAbout(candidate, searchId));

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
        topics.probes().send("curves", searchId, curve(searchId, 1, SearchState.FOUND));
        topics.findings().first(candidate -> isAbout(candidate, searchId));

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
        Response response = call().body(file).post("/api/v1/searches");

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
}
