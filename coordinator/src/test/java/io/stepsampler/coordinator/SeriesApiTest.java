package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.isAbout;
import static io.stepsampler.coordinator.SearchCalls.submit;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.CurveUpdate;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.SearchState;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The searches of one training run's checkpoints, read together. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class SeriesApiTest {

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    private final String name = "run " + UUID.randomUUID();
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
    void theFindingsOfARunComeByStep() {
        UUID late = submitted(2000);
        UUID early = submitted(100);
        end(late, SearchState.UNRELIABLE, null);
        end(early, SearchState.FOUND, 1e-3);

        Response series = series("");
        Response table = series("/schedule.csv");
        Response picture = series("/schedule.svg");

        assertThat(series.jsonPath().getList("findings.step", Long.class)).containsExactly(100L, 2000L);
        assertThat(series.jsonPath().getString("findings[0].searchId")).isEqualTo(early.toString());
        assertThat(series.jsonPath().getDouble("findings[0].recommendedLearningRate"))
                .isEqualTo(1e-3);
        assertThat(series.jsonPath().getDouble("findings[0].window.minLearningRate"))
                .isEqualTo(1e-4);
        assertThat(series.jsonPath().getList("findings[1].warningCodes", String.class))
                .containsExactly("FRESH_OPTIMIZER");
        assertThat(series.jsonPath().getMap("findings[1]")).doesNotContainKey("recommendedLearningRate");
        assertThat(series.jsonPath().getString("schedule")).contains("STEPS = [100]", "RATES = [0.001]");
        assertThat(table.asString()).isEqualTo("""
                step,learning_rate,window_min,window_max,state,search_id
                100,0.001,1.0E-4,0.01,FOUND,%s
                2000,,1.0E-4,0.01,UNRELIABLE,%s
                """.formatted(early, late));
        assertThat(picture.asString()).startsWith("<svg").contains(name, "1e-3 at step 100");
    }

    @Test
    void theLastSearchOfAStepHoldsUnlessItHasNoAnswer() {
        UUID first = submitted(5);
        end(first, SearchState.FOUND, 1e-3);
        UUID better = submitted(5);
        assertThat(holding()).isEqualTo(first.toString());
        end(better, SearchState.BUDGET_SPENT, 2e-3);
        assertThat(holding()).isEqualTo(better.toString());

        UUID failed = submitted(5);
        end(failed, SearchState.FAILED, null);
        UUID cancelled = submitted(5);
        call().post("/api/v1/searches/" + cancelled + "/cancel").then().statusCode(200);

        assertThat(holding()).isEqualTo(better.toString());
    }

    @Test
    void aStepWithoutAnAnswerIsThereAllTheSame() {
        UUID cancelled = submitted(1);
        call().post("/api/v1/searches/" + cancelled + "/cancel").then().statusCode(200);
        assertThat(holding()).isEqualTo(cancelled.toString());
        UUID running = submitted(1);
        assertThat(holding()).isEqualTo(running.toString());
        assertThat(series("").jsonPath().getString("schedule")).startsWith("# No finding");
    }

    @Test
    void theRunsAreListedByNameWithTheirLastStep() {
        submitted(3);
        submitted(7);
        submitted(7);
        submit(file(name + " b", 1));

        Response page =
                call().queryParam("after", name + " ").queryParam("limit", 1).get("/api/v1/series");
        Response before = call().queryParam("after", name.substring(0, name.length() - 1))
                .queryParam("limit", 1)
                .get("/api/v1/series");

        assertThat(before.jsonPath().getString("series[0].name")).isEqualTo(name);
        assertThat(before.jsonPath().getLong("series[0].searches")).isEqualTo(3);
        assertThat(before.jsonPath().getLong("series[0].lastStep")).isEqualTo(7);
        assertThat(before.jsonPath().getString("next")).isEqualTo(name);
        assertThat(page.jsonPath().getString("series[0].name")).isEqualTo(name + " b");
    }

    @Test
    void aLongRunIsReadPageByPage() {
        submitted(0);
        submitted(10);
        submitted(20);

        Response first = call().queryParam("limit", 2).get("/api/v1/series/" + name);
        Response second = call().queryParam("limit", 2)
                .queryParam("after", first.jsonPath().getLong("next"))
                .get("/api/v1/series/" + name);

        assertThat(first.jsonPath().getList("findings.step", Long.class)).containsExactly(0L, 10L);
        assertThat(second.jsonPath().getList("findings.step", Long.class)).containsExactly(20L);
        assertThat(second.jsonPath().getString("next")).isNull();
        assertThat(first.jsonPath().getMap("")).doesNotContainKey("schedule");
        assertThat(second.jsonPath().getMap("")).doesNotContainKey("schedule");
        assertThat(series("").jsonPath().getMap("")).containsKey("schedule");
        assertThat(call().queryParam("limit", 1)
                        .get("/api/v1/series/" + name + "/schedule.csv")
                        .asString()
                        .lines())
                .hasSize(2);
    }

    @Test
    void aRunThatDoesNotExistIsNotFound() {
        assertThat(series("").statusCode()).isEqualTo(404);
        assertThat(series("/schedule.svg").jsonPath().getString("detail")).isEqualTo("there is no series " + name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limit=0     | limit is 0; must be a number from 1 to 10000
            limit=10001 | limit is 10001; must be a number from 1 to 10000
            after=x     | after is x; must be a step, a whole number from 0
            """)
    void aPartThatCannotBeHadIsRefused(String query, String sentence) {
        Response response = series("?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("detail")).isEqualTo(sentence);
    }

    private UUID submitted(long step) {
        return submit(file(name, step));
    }

    private static String file(String name, long step) {
        return "{series: {name: " + name + ", step: " + step + "}, model: {family: replay, checkpoint: /curve.csv}}";
    }

    private Response series(String rest) {
        return call().get("/api/v1/series/" + name + rest);
    }

    private String holding() {
        List<String> searches = series("").jsonPath().getList("findings.searchId", String.class);
        assertThat(searches).hasSize(1);
        return searches.get(0);
    }

    /** What the analyzer tells at the end, taken in by the coordinator. */
    private void end(UUID searchId, SearchState state, @Nullable Double rate) {
        Finding finding = new Finding(
                searchId,
                null,
                state,
                0.7,
                new Finding.Window(1e-4, 1e-2),
                rate,
                null,
                null,
                List.of(),
                List.of(),
                null,
                rate == null ? List.of(new Finding.Warning("FRESH_OPTIMIZER", "It is fresh.")) : List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                null);
        topics.probes().send("curves", searchId, new CurveUpdate(searchId, "local", 1, finding));
        topics.findings().first(candidate -> isAbout(candidate, searchId));
    }
}
