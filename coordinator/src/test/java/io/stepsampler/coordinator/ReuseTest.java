package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.callWith;
import static io.stepsampler.coordinator.SearchCalls.get;
import static io.stepsampler.coordinator.SearchCalls.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.TrialReference;
import io.stepsampler.messages.json.MeasurementKey;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Probes are sent with the trials that may have answered them before. Each test has a seed of its own. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class ReuseTest {

    private static final Outcome BASELINE = new Outcome.Measured(0.7, List.of(0.9, 0.8));
    private static final Outcome BETTER = new Outcome.Measured(0.6, List.of(0.9, 0.7));
    private static final Outcome DIVERGED = new Outcome.Diverged(2, List.of(0.9));
    private static final Outcome FAILED = new Outcome.Failed(Outcome.Code.CRASHED, null, null, "it crashed");

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    @Inject
    Jdbi database;

    private final long seed = UUID.randomUUID().getLeastSignificantBits();
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
    void theSameSearchAgainIsSentWithTheTrialsOfTheFirst() {
        UUID first = submit(search(""));
        Probe baseline = baseline(first);
        end(baseline, "content", BASELINE);
        List<Probe> rates = firstRound(first);
        end(rates.get(0), "content", BETTER);
        end(rates.get(1), "content", DIVERGED);
        end(rates.get(2), "content", FAILED);
        awaitTrials(first, 4);

        UUID second = submit(search(""));

        Probe again = baseline(second);
        assertThat(again.formerTrials())
                .containsExactly(new FormerTrial(
                        new TrialReference(first, baseline.probeId()),
                        MeasurementKey.comparable(conditions("content")),
                        BASELINE));
        end(again, "content", BASELINE);
        List<Probe> ratesAgain = firstRound(second);
        assertThat(ratesAgain.get(0).formerTrials())
                .extracting(FormerTrial::outcome)
                .containsExactly(BETTER);
        assertThat(ratesAgain.get(1).formerTrials())
                .extracting(FormerTrial::outcome)
                .containsExactly(DIVERGED);
        assertThat(ratesAgain.get(2).formerTrials()).isEmpty();
        assertThat(ratesAgain.get(3).formerTrials()).isEmpty();
    }

    @Test
    void aTrialWithOtherContentIsOfNoUseOnceTheContentIsKnown() {
        for (String content : List.of("old", "new")) {
            UUID former = submit(search(""));
            end(baseline(former), content, BASELINE);
            end(firstRound(former).get(0), content, BETTER);
            awaitTrials(former, 2);
        }

        UUID last = submit(search(""));

        Probe baseline = baseline(last);
        assertThat(baseline.formerTrials())
                .extracting(former -> former.conditions().batchesDigest())
                .containsExactly("new", "old");
        end(baseline, "old", BASELINE);
        assertThat(firstRound(last).get(0).formerTrials())
                .extracting(former -> former.conditions().batchesDigest())
                .containsExactly("old");
    }

    @Test
    void whatWasTakenOverIsToldOfTheFirstTrialAlone() throws Exception {
        UUID first = submit(search(""));
        Probe baseline = baseline(first);
        end(baseline, "content", BASELINE);
        awaitTrials(first, 1);
        TrialReference original = new TrialReference(first, baseline.probeId());
        UUID second = submit(search(""));
        end(baseline(second), "content", BASELINE, original);
        awaitTrials(second, 1);

        UUID third = submit(search(""));

        assertThat(baseline(third).formerTrials())
                .extracting(FormerTrial::trial)
                .containsExactly(original);
        JsonPath trials = get(second + "/trials").jsonPath();
        assertThat(trials.getString("trials[0].reusedFrom.searchId")).isEqualTo(first.toString());
        assertThat(trials.getString("trials[0].reusedFrom.probeId"))
                .isEqualTo(baseline.probeId().toString());
        assertThat(get(first + "/trials").jsonPath().getString("trials[0].reusedFrom"))
                .isNull();
        assertThat(OpenApiTest.document()
                        .faults(
                                "GET /api/v1/searches/{searchId}/trials",
                                200,
                                "application/json",
                                get(second + "/trials").asString()))
                .isEmpty();
    }

    @Test
    void whatWasTakenOverIsNoTrialInTheUsage() {
        UUID first = submit(search(""));
        Probe baseline = baseline(first);
        long before = trialsUsed();
        end(baseline, "content", BASELINE);
        awaitTrials(first, 1);
        assertThat(trialsUsed()).isEqualTo(before + 1);
        double secondsPerProbe = secondsPerProbe();

        UUID second = submit(search(""));
        end(baseline(second), "content", BASELINE, new TrialReference(first, baseline.probeId()));
        awaitTrials(second, 1);

        assertThat(trialsUsed()).isEqualTo(before + 1);
        assertThat(secondsPerProbe()).isCloseTo(secondsPerProbe, within(1e-9));
    }

    @Test
    void anotherTeamIsToldNothing() {
        UUID first = submit(search(""));
        end(baseline(first), "content", BASELINE);
        awaitTrials(first, 1);
        Response key = call().body("{\"name\": \"ci\", \"role\": \"member\"}").post("/api/v1/teams/vision/api-keys");

        Response submitted =
                callWith(key.jsonPath().getString("apiKey")).body(search("")).post("/api/v1/searches");

        UUID other = Objects.requireNonNull(SearchCalls.finding(submitted).searchId());
        assertThat(baseline(other).formerTrials()).isEmpty();
    }

    @Test
    void anotherFieldOfTheKeyOrNoReuseIsToldNothing() {
        UUID first = submit(search(""));
        end(baseline(first), "content", BASELINE);
        awaitTrials(first, 1);

        assertThat(baseline(submit(search(", clipNorm: 1"))).formerTrials()).isEmpty();
        assertThat(baseline(submit(search("") + "\nsearch: {reuse: false}")).formerTrials())
                .isEmpty();
        assertThat(baseline(submit(search("") + "\nsearch: {thresholdDecades: 0.01}"))
                        .formerTrials())
                .hasSize(1);
    }

    @Test
    void anOutcomeOfLongAgoIsNotTold() {
        UUID first = submit(search(""));
        end(baseline(first), "content", BASELINE);
        awaitTrials(first, 1);
        database.useHandle(handle ->
                handle.execute("update trial set ended_at = ended_at - interval '31 days' where search_id = ?", first));

        assertThat(baseline(submit(search(""))).formerTrials()).isEmpty();
    }

    private String search(String training) {
        return "model: {family: replay, checkpoint: /curve.csv}\ntraining: {seed: " + seed + training + "}";
    }

    private Probe baseline(UUID searchId) {
        return topics.probes().first(probe -> probe.searchId().equals(searchId));
    }

    /** By rate. */
    private List<Probe> firstRound(UUID searchId) {
        return topics.probes().atLeast(4, probe -> probe.searchId().equals(searchId) && probe.round() == 1).stream()
                .sorted(Comparator.comparingDouble(probe -> ((ProbeKind.ConstantRate) probe.kind()).learningRate()))
                .toList();
    }

    private void end(Probe probe, String content, Outcome outcome) {
        end(probe, content, outcome, null);
    }

    private void end(Probe probe, String content, Outcome outcome, @Nullable TrialReference reusedFrom) {
        topics.probes()
                .send(
                        "trials",
                        probe.searchId(),
                        new TrialEvent.Finished(
                                probe.probeId(),
                                probe.searchId(),
                                probe.attempt(),
                                "worker",
                                Instant.now(),
                                outcome,
                                new TrialEvent.Cost(reusedFrom == null ? 20 : 0, 1),
                                conditions(content),
                                MeasurementKey.of(probe),
                                reusedFrom));
    }

    private static TrialEvent.Conditions conditions(String content) {
        return new TrialEvent.Conditions(
                "gpu0", 1, Map.of("pytorch", "2.7.1"), "checkpoint", content, content, List.of());
    }

    private static void awaitTrials(UUID searchId, int count) {
        await().until(() ->
                get(searchId + "/trials").jsonPath().getList("trials").size() == count);
    }

    private static double secondsPerProbe() {
        return call().get("/api/v1/pools").jsonPath().getDouble("pools.find { it.name == 'default' }.secondsPerProbe");
    }

    private static long trialsUsed() {
        List<Integer> months =
                call().get("/api/v1/teams/local/usage").jsonPath().getList("usage.trials");
        return months.stream().mapToLong(Integer::longValue).sum();
    }
}
