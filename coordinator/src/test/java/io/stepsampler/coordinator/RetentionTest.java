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
import io.restassured.path.json.JsonPath;
import io.stepsampler.coordinator.searches.Housekeeping;
import io.stepsampler.embedded.ServiceStack;
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

/** How long trials are kept. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class RetentionTest {

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    @Inject
    Jdbi database;

    @Inject
    Housekeeping housekeeping;

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
    void aSearchThatEndedLongAgoLosesItsTrialsAlone() {
        UUID old = searchThatEnded(91);
        UUID recent = searchThatEnded(89);
        String finding = get(old.toString()).asString();
        String usage = call().get("/api/v1/teams/local/usage").asString();

        housekeeping.forgetOldTrials();

        JsonPath deleted = get(old + "/trials").jsonPath();
        assertThat(deleted.getList("trials")).isEmpty();
        assertThat(Instant.parse(deleted.getString("deletedAt"))).isBeforeOrEqualTo(Instant.now());
        assertThat(get(old.toString()).asString()).isEqualTo(finding);
        assertThat(call().get("/api/v1/teams/local/usage").asString()).isEqualTo(usage);
        JsonPath kept = get(recent + "/trials").jsonPath();
        assertThat(kept.getList("trials")).hasSize(1);
        assertThat(kept.getString("deletedAt")).isNull();
    }

    @Test
    void aDeletedTrialThatIsToldAgainIsNeitherKeptNorCounted() {
        UUID searchId = searchThatEnded(91);
        Probe baseline = topics.probes().first(probe -> probe.searchId().equals(searchId));
        housekeeping.forgetOldTrials();
        int before = trialsCounted();

        topics.probes().send("trials", searchId, ended(baseline));
        searchThatEnded(0);

        assertThat(get(searchId + "/trials").jsonPath().getList("trials")).isEmpty();
        assertThat(trialsCounted() - before).isEqualTo(1);
    }

    @Test
    void asManySearchesAsThereAreLoseTheirTrialsAtOnce() {
        database.useTransaction(transaction -> {
            transaction.execute("insert into search (search_id, team, pool, specification, state, finding, finished_at)"
                    + " select gen_random_uuid(), 'vision', 'none', '{}', 'FAILED', '{}', now() - interval '100 days'"
                    + " from generate_series(1, 120)");
            transaction.execute("insert into trial select gen_random_uuid(), 1, search_id, 'worker', 'cpu',"
                    + " '{}', 1, 1, finished_at from search where pool = 'none' and team = 'vision'");
        });

        housekeeping.forgetOldTrials();

        long left = database.withHandle(
                handle -> handle.createQuery("select count(*) from trial join search using (search_id)"
                                + " where pool = 'none' and team = 'vision'")
                        .mapTo(Long.class)
                        .one());
        assertThat(left).isZero();
    }

    /** With one trial. */
    private UUID searchThatEnded(int daysAgo) {
        UUID searchId = submit(REPLAY);
        Probe baseline = topics.probes().first(probe -> probe.searchId().equals(searchId));
        topics.probes().send("trials", searchId, ended(baseline));
        topics.probes().atLeast(5, probe -> probe.searchId().equals(searchId));
        topics.probes().send("curves", searchId, curve(searchId, 1, SearchState.FOUND));
        topics.findings().first(candidate -> isAbout(candidate, searchId));
        database.useTransaction(transaction -> transaction
                .createUpdate("update search set finished_at = finished_at - make_interval(days => :days)"
                        + " where search_id = :searchId")
                .bind("days", daysAgo)
                .bind("searchId", searchId)
                .execute());
        return searchId;
    }

    private static int trialsCounted() {
        List<Integer> months =
                call().get("/api/v1/teams/local/usage").jsonPath().getList("usage.trials");
        return months.stream().mapToInt(Integer::intValue).sum();
    }

    private static TrialEvent.Finished ended(Probe probe) {
        return new TrialEvent.Finished(
                probe.probeId(),
                probe.searchId(),
                1,
                "worker",
                Instant.now(),
                new Outcome.Measured(0.7, List.of(0.9, 0.8)),
                new TrialEvent.Cost(20, 1),
                new TrialEvent.Conditions("cpu", 1, Map.of(), null, null, null, List.of()));
    }
}
