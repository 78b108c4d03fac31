package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.awaitTrials;
import static io.stepsampler.coordinator.SearchCalls.submit;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of the trials that may have answered a baseline it is sent with. Each test has a seed of its own. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class FormerTrialsTest {

    private static final int MORE_THAN_ARE_TOLD = 34;

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    @Inject
    Jdbi database;

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
    void thoseOfTheSameFilesComeFirstHoweverManyCheckpointsCameSince() {
        List<UUID> series = new ArrayList<>();
        for (int step = 0; step < MORE_THAN_ARE_TOLD; step++) {
            series.add(measured("/step-" + step + ".csv", "content " + step));
        }

        Probe again = reported.baseline(submit(search("/step-0.csv")));

        assertThat(again.formerTrials())
                .hasSize(32)
                .extracting(former -> former.trial().searchId())
                .startsWith(series.get(0), series.get(MORE_THAN_ARE_TOLD - 1));
    }

    @Test
    void aFileThatChangedInItsPlaceIsToldOfWithAllThatItHeld() {
        measured("/latest.csv", "old");
        measured("/latest.csv", "new");
        measured("/other.csv", "other");

        assertThat(reported.baseline(submit(search("/latest.csv"))).formerTrials())
                .extracting(former -> former.conditions().batchesDigest())
                .containsExactly("new", "old", "other");
    }

    @Test
    void anOutcomeOfLongAgoIsNotTold() {
        setBack("stored_at", measured("/curve.csv", "content"));

        assertThat(formerTrials()).isEmpty();
    }

    @Test
    void theClockOfAWorkerSaysNothingOfTheAge() {
        setBack("ended_at", measured("/curve.csv", "content"));

        assertThat(formerTrials()).hasSize(1);
    }

    private List<FormerTrial> formerTrials() {
        return reported.baseline(submit(search("/curve.csv"))).formerTrials();
    }

    private void setBack(String column, UUID searchId) {
        database.useHandle(handle -> handle.execute(
                "update trial set %1$s = %1$s - interval '31 days' where search_id = ?".formatted(column), searchId));
    }

    private UUID measured(String checkpoint, String content) {
        UUID searchId = submit(search(checkpoint));
        reported.end(reported.baseline(searchId), content, new Outcome.Measured(0.7, List.of(0.9, 0.8)));
        awaitTrials(searchId, 1);
        return searchId;
    }

    private String search(String checkpoint) {
        return "model: {family: replay, checkpoint: " + checkpoint + "}\ntraining: {seed: " + seed + "}";
    }
}
