package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.awaitTrials;
import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.callWith;
import static io.stepsampler.coordinator.SearchCalls.get;
import static io.stepsampler.coordinator.SearchCalls.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.TrialReference;
import io.stepsampler.messages.json.MeasurementKey;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
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

    private final long seed = UUID.randomUUID().getLeastSignificantBits();
    private ReportedTrials reported;

    @BeforeEach
    void listen() {
        reported = new ReportedTrials(bootstrapServers);
    }

    @AfterEach
    void close() {
        reported.close();
    }

    @Test
    void theSameSearchAgainIsSentWithTheTrialsOfTheFirst() {
        UUID first = submit(search(""));
        Probe baseline = reported.baseline(first);
        reported.end(baseline, "content", BASELINE);
        List<Probe> rates = reported.firstRound(first);
        reported.end(rates.get(0), "content", BETTER);
        reported.end(rates.get(1), "content", DIVERGED);
        reported.end(rates.get(2), "content", FAILED);
        awaitTrials(first, 4);

        UUID second = submit(search(""));

        Probe again = reported.baseline(second);
        assertThat(again.formerTrials())
                .containsExactly(new FormerTrial(
                        new TrialReference(first, baseline.probeId()),
                        MeasurementKey.comparable(ReportedTrials.conditions("content")),
                        BASELINE));
        reported.end(again, "content", BASELINE);
        List<Probe> ratesAgain = reported.firstRound(second);
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
            reported.end(reported.baseline(former), content, BASELINE);
            reported.end(reported.firstRound(former).get(0), content, BETTER);
            awaitTrials(former, 2);
        }

        UUID last = submit(search(""));

        Probe baseline = reported.baseline(last);
        assertThat(baseline.formerTrials())
                .extracting(former -> former.conditions().batchesDigest())
                .containsExactly("new", "old");
        reported.end(baseline, "old", BASELINE);
        assertThat(reported.firstRound(last).get(0).formerTrials())
                .extracting(former -> former.conditions().batchesDigest())
                .containsExactly("old");
    }

    @Test
    void whatWasTakenOverIsToldOfTheFirstTrialAlone() throws Exception {
        UUID first = submit(search(""));
        Probe baseline = reported.baseline(first);
        reported.end(baseline, "content", BASELINE);
        awaitTrials(first, 1);
        TrialReference original = new TrialReference(first, baseline.probeId());
        UUID second = submit(search(""));
        reported.end(reported.baseline(second), "content", BASELINE, original);
        awaitTrials(second, 1);

        UUID third = submit(search(""));

        assertThat(reported.baseline(third).formerTrials())
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
        Probe baseline = reported.baseline(first);
        long before = trialsUsed();
        reported.end(baseline, "content", BASELINE);
        awaitTrials(first, 1);
        assertThat(trialsUsed()).isEqualTo(before + 1);
        double secondsPerProbe = secondsPerProbe();

        UUID second = submit(search(""));
        reported.end(reported.baseline(second), "content", BASELINE, new TrialReference(first, baseline.probeId()));
        awaitTrials(second, 1);

        assertThat(trialsUsed()).isEqualTo(before + 1);
        assertThat(secondsPerProbe()).isCloseTo(secondsPerProbe, within(1e-9));
    }

    @Test
    void anotherTeamIsToldNothing() {
        UUID first = submit(search(""));
        reported.end(reported.baseline(first), "content", BASELINE);
        awaitTrials(first, 1);
        Response key = call().body("{\"name\": \"ci\", \"role\": \"member\"}").post("/api/v1/teams/vision/api-keys");

        Response submitted =
                callWith(key.jsonPath().getString("apiKey")).body(search("")).post("/api/v1/searches");

        UUID other = Objects.requireNonNull(SearchCalls.finding(submitted).searchId());
        assertThat(reported.baseline(other).formerTrials()).isEmpty();
    }

    @Test
    void anotherFieldOfTheKeyOrNoReuseIsToldNothing() {
        UUID first = submit(search(""));
        reported.end(reported.baseline(first), "content", BASELINE);
        awaitTrials(first, 1);

        assertThat(reported.baseline(submit(search(", clipNorm: 1"))).formerTrials())
                .isEmpty();
        assertThat(reported.baseline(submit(search("") + "\nsearch: {reuse: false}"))
                        .formerTrials())
                .isEmpty();
        assertThat(reported.baseline(submit(search("") + "\nsearch: {thresholdDecades: 0.01}"))
                        .formerTrials())
                .hasSize(1);
    }

    private String search(String training) {
        return "model: {family: replay, checkpoint: /curve.csv}\ntraining: {seed: " + seed + training + "}";
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
