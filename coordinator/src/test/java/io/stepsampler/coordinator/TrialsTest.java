package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.REPLAY;
import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.curve;
import static io.stepsampler.coordinator.SearchCalls.get;
import static io.stepsampler.coordinator.SearchCalls.isAbout;
import static io.stepsampler.coordinator.SearchCalls.submit;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TrialEvent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trials that have ended, and what they cost. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class TrialsTest {

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    @Inject
    Jdbi database;

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
    void everyTrialIsToldWithItsLossesOrItsReason() {
        UUID searchId = submit(REPLAY);
        Probe baseline = topics.probes().first(probe -> probe.searchId().equals(searchId));
        Outcome measured = new Outcome.Measured(0.7, List.of(0.9, 0.8));
        Outcome failed = new Outcome.Failed(Outcome.Code.OUT_OF_MEMORY, null, null, "the device has 2 GiB");
        topics.probes().send("trials", searchId, ended(baseline, 1, failed));
        topics.probes().send("trials", searchId, ended(baseline, 2, measured));
        topics.probes().send("trials", searchId, ended(baseline, 2, measured));
        topics.probes().atLeast(5, probe -> probe.searchId().equals(searchId));
        Finding.Point point = new Finding.Point(
                0, 0.7, Finding.Status.MEASURED, 0, baseline.seed(), baseline.steps(), null, Finding.Purpose.BASELINE);
        topics.probes().send("curves", searchId, curve(searchId, 1, SearchState.FOUND, List.of(point)));
        topics.findings().first(candidate -> isAbout(candidate, searchId));

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
        Probe baseline = topics.probes().first(probe -> probe.searchId().equals(searchId));
        Outcome measured = new Outcome.Measured(0.7, List.of(0.9, 0.8));

        topics.probes().send("trials", searchId, ended(baseline, 1, measured));
        topics.probes().send("trials", searchId, ended(baseline, 1, measured));
        topics.probes().atLeast(5, probe -> probe.searchId().equals(searchId));
        UUID later = submit(REPLAY);
        Probe last = topics.probes().first(probe -> probe.searchId().equals(later));
        topics.probes().send("trials", later, ended(last, 1, measured));
        topics.probes().atLeast(5, probe -> probe.searchId().equals(later));

        assertThat(deviceSecondsUsed() - before).isEqualTo(2);
        assertThat(call().get("/api/v1/teams/local/usage.csv").asString())
                .startsWith("month,team,pool,trials,training_steps,device_seconds\n")
                .contains(",local,default,");
    }

    @Test
    void theUsageOfATeamThatIsGoneStaysInTheTableOfAll() {
        database.useHandle(handle -> handle.execute("insert into usage (team, pool, hour, trials, training_steps,"
                + " device_seconds) values ('disbanded', 'default', now(), 1, 20, 1.5)"));

        String table = call().get("/api/v1/usage.csv").asString();

        assertThat(table).contains(",disbanded,default,1,20,1.500\n");
    }

    private static double deviceSecondsUsed() {
        List<Float> months = call().get("/api/v1/teams/local/usage").jsonPath().getList("usage.deviceSeconds");
        return months.stream().mapToDouble(Float::doubleValue).sum();
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
