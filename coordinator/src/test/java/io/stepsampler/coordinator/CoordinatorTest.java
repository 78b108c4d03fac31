package io.stepsampler.coordinator;

import static io.stepsampler.coordinator.SearchCalls.REPLAY;
import static io.stepsampler.coordinator.SearchCalls.call;
import static io.stepsampler.coordinator.SearchCalls.curve;
import static io.stepsampler.coordinator.SearchCalls.isAbout;
import static io.stepsampler.coordinator.SearchCalls.show;
import static io.stepsampler.coordinator.SearchCalls.submit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.embedded.TopicTap;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TrialEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class CoordinatorTest {

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    private TopicTap<Probe> probes;
    private TopicTap<Search> searches;
    private TopicTap<JsonNode> findings;

    @BeforeEach
    void listen() {
        probes = new TopicTap<>(bootstrapServers, "probes.default", Probe.class);
        searches = new TopicTap<>(bootstrapServers, "searches", Search.class);
        findings = new TopicTap<>(bootstrapServers, "findings.local", JsonNode.class);
        SearchCalls.giveRoom(probes);
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

        call().post("/api/v1/searches/" + searchId + "/cancel").then().statusCode(200);
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

        call().post("/api/v1/searches/" + searchId + "/cancel").then().statusCode(200);

        assertThat(show(searchId).state()).isEqualTo(SearchState.FOUND);
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
}
