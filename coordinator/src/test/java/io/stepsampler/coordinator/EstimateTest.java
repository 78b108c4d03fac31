package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.callWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.embedded.TopicTap;
import io.stepsampler.messages.CurveUpdate;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.SearchState;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a search will cost, from what others cost in the same pool. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class EstimateTest {

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    private TopicTap<CurveUpdate> curves;

    @BeforeEach
    void listen() {
        curves = new TopicTap<>(bootstrapServers, "curves", CurveUpdate.class);
    }

    @AfterEach
    void close() {
        curves.close();
    }

    @Test
    void aSearchThatTookOutcomesOverTellsNothingOfWhatOthersCost() {
        String pool = "p-" + UUID.randomUUID().toString().substring(0, 8);
        DeclaredCalls.put(
                ServiceStack.FIRST_KEY, "pools/" + pool, "{team: speech, price: {perDeviceHour: 3600, currency: EUR}}");
        String member = DeclaredCalls.key("speech", Role.MEMBER);
        String file = "{model: {family: replay, checkpoint: /curve.csv}, pool: " + pool + "}";

        find(member, file, new Finding.Cost(20, 20, 12, 1, 19));
        JsonPath unknown = estimate(member, file);
        find(member, file, new Finding.Cost(20, 400, 40, 1));
        JsonPath known = estimate(member, file);

        assertThat(unknown.getInt("measuredSearches")).isZero();
        assertThat(unknown.getMap("")).doesNotContainKeys("deviceSeconds", "price");
        assertThat(known.getInt("measuredSearches")).isEqualTo(1);
        assertThat(known.getDouble("price.amount.expected")).isCloseTo(40, within(1e-6));
    }

    @Test
    void noMoreIsExpectedThanTheBudgetAllows() {
        String pool = "p-" + UUID.randomUUID().toString().substring(0, 8);
        DeclaredCalls.put(ServiceStack.FIRST_KEY, "pools/" + pool, "{team: speech}");
        String member = DeclaredCalls.key("speech", Role.MEMBER);
        String file = "{model: {family: replay, checkpoint: /curve.csv}, pool: " + pool + ", training: {steps: STEPS},"
                + " search: {budget: {probes: 25}, sweep: SWEEP}}";
        find(member, file.replace("STEPS", "2").replace("SWEEP", "false"), new Finding.Cost(40, 80, 40, 1));

        JsonPath few = estimate(member, file.replace("STEPS", "2").replace("SWEEP", "true"));
        JsonPath longer = estimate(member, file.replace("STEPS", "auto").replace("SWEEP", "false"));

        assertThat(few.getDouble("probes.expected")).isEqualTo(25);
        assertThat(few.getDouble("trainingSteps.expected")).isEqualTo(50);
        assertThat(few.getDouble("trainingSteps.most")).isEqualTo(24 * 2 + 100);
        assertThat(longer.getDouble("trainingSteps.expected")).isEqualTo(80);
        assertThat(longer.getDouble("trainingSteps.most")).isEqualTo(20 * 100);
    }

    private static JsonPath estimate(String apiKey, String file) {
        return callWith(apiKey).body(file).post("/api/v1/searches/estimate").jsonPath();
    }

    /** A search of team speech that the analyzer ends at once, as far as the coordinator can tell. */
    private void find(String apiKey, String file, Finding.Cost cost) {
        UUID searchId = Objects.requireNonNull(
                SearchCalls.finding(callWith(apiKey).body(file).post("/api/v1/searches"))
                        .searchId());
        Finding finding = new Finding(
                searchId,
                null,
                SearchState.FOUND,
                0.7,
                null,
                0.001,
                null,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                cost,
                null);
        curves.send("curves", searchId, new CurveUpdate(searchId, "speech", 1, finding));
        await().until(() -> callWith(apiKey)
                .get("/api/v1/searches/" + searchId)
                .jsonPath()
                .getString("state")
                .equals("FOUND"));
    }
}
