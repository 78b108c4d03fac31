package io.stepsampler.analyzer.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.analyzer.PlayedSearch;
import io.stepsampler.analyzer.rounds.BrokenSearches;
import io.stepsampler.analyzer.rounds.Reissue;
import io.stepsampler.analyzer.rounds.Rounds;
import io.stepsampler.analyzer.storage.RememberedSearches;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.embedded.TopicTap;
import io.stepsampler.messages.CurveUpdate;
import io.stepsampler.messages.DeadLetter;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TopicNames;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trials that bring nothing. Where time must pass, the rows are made older instead. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "analyzer"))
class SecondTrialsTest {

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    @Inject
    OverdueProbes overdue;

    @Inject
    RememberedSearches searches;

    @Inject
    Reissue reissue;

    @Inject
    Rounds rounds;

    @Inject
    BrokenSearches broken;

    @Inject
    Jdbi database;

    private TopicTap<CurveUpdate> curves;
    private TopicTap<Probe> probes;
    private BegunSearch search;
    private PlayedSearch played;
    private Probe probe;

    @BeforeEach
    void measureABaseline() {
        curves = new TopicTap<>(bootstrapServers, "curves", CurveUpdate.class);
        probes = new TopicTap<>(bootstrapServers, "probes.default", Probe.class);
        search = BegunSearch.begin(curves, database);
        played = search.played();
        probe = search.probe();
    }

    @AfterEach
    void close() {
        curves.close();
        probes.close();
    }

    @Test
    void anOverdueTrialIsSentAgainOnceToRunAlone() throws Exception {
        search.begins(probe);
        search.waitAnHour();

        overdue.check();
        overdue.check();

        Probe again = probes.first(search::isTheProbe);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.suspect()).isTrue();
        search.settle();
        assertThat(probes.all(search::isTheProbe)).hasSize(1);
    }

    @Test
    void aProbeWhoseTrialsAllFellSilentIsAFailedPointAndTheSearchGoesOn() throws Exception {
        search.begins(probe);
        search.begins(probe);
        search.begins(probe);
        search.measureTheOthers();
        search.waitAnHour();

        overdue.check();

        assertTheProbeFailedAndTheSearchGoesOn();
        assertThat(probes.all(search::isTheProbe)).isEmpty();
    }

    @Test
    void aProbeThatNobodyBeganIsSentAgainAsItWasWhenItsQueueIsEmpty() throws Exception {
        search.waitAnHour();

        new OverdueProbes(database, searches, emptyQueues(), reissue, rounds, broken, Duration.ofMinutes(10)).check();

        Probe again = probes.first(search::isTheProbe);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.suspect()).isFalse();
    }

    @Test
    void nothingIsSentAgainForACancelledSearch() throws Exception {
        search.begins(probe);
        curves.send("searches", played.id(), played.cancelled());
        search.settle();
        search.waitAnHour();

        overdue.check();

        search.settle();
        assertThat(probes.all(search::isItsProbe)).isEmpty();
    }

    @Test
    void nothingIsSentAgainForAFinishedSearch() throws Exception {
        search.begins(probe);
        search.settle();
        database.useHandle(
                handle -> handle.execute("update search set state = 'FOUND' where search_id = ?", played.id()));
        search.waitAnHour();

        overdue.check();

        search.settle();
        assertThat(probes.all(search::isItsProbe)).isEmpty();
    }

    @Test
    void aTrialThatCrashedIsTriedAgainAndTheLastFailureIsAPoint() {
        search.measureTheOthers();
        search.fails(probe);
        Probe second = probes.first(sent -> search.isTheProbe(sent) && sent.attempt() == 2);
        search.fails(second);
        curves.send("trials", played.id(), played.finished(second, BegunSearch.CRASHED));
        Probe third = probes.first(sent -> search.isTheProbe(sent) && sent.attempt() == 3);
        search.fails(third);

        assertThat(second.suspect()).isTrue();
        assertThat(third.suspect()).isTrue();
        assertTheProbeFailedAndTheSearchGoesOn();
        assertThat(probes.all(search::isTheProbe)).hasSize(2);
    }

    @Test
    void aBugEndsTheSearchWithASentenceBesidesTheDeadLetter() {
        search.spoilTheProbes();

        search.fails(probe);

        assertTheSearchCouldNotGoOn();
        try (TopicTap<DeadLetter> letters = new TopicTap<>(bootstrapServers, "dead-letters", DeadLetter.class)) {
            assertThat(letters.first(letter -> letter.reason().contains("NONSENSE"))
                            .topic())
                    .isEqualTo("trials");
        }
    }

    @Test
    void aBugInTheCheckEndsTheSearchToo() throws Exception {
        search.begins(probe);
        search.waitAnHour();
        search.spoilTheProbes();

        overdue.check();

        assertTheSearchCouldNotGoOn();
    }

    private ProbeQueues emptyQueues() {
        return new ProbeQueues(bootstrapServers, new TopicNames("")) {
            @Override
            Duration emptyFor(String pool) {
                return Duration.ofMinutes(2);
            }
        };
    }

    private void assertTheProbeFailedAndTheSearchGoesOn() {
        Finding finding = curves.first(update -> update.searchId().equals(played.id())
                        && Objects.requireNonNull(update.finding().progress()).round() == 2)
                .finding();
        assertThat(finding.state()).isEqualTo(SearchState.RUNNING);
        List<Finding.Status> firstTwo =
                finding.points().stream().limit(2).map(Finding.Point::outcome).toList();
        assertThat(firstTwo).containsExactly(Finding.Status.MEASURED, Finding.Status.FAILED);
    }

    private void assertTheSearchCouldNotGoOn() {
        Finding.Failure failure = curves.first(update -> update.searchId().equals(played.id())
                        && update.finding().state() == SearchState.FAILED)
                .finding()
                .failure();
        assertThat(failure).isNotNull().satisfies(reason -> {
            assertThat(reason.code()).isEqualTo(Outcome.Code.CRASHED);
            assertThat(reason.text())
                    .startsWith("the analyzer could not go on with this search: java.lang.IllegalArgumentException")
                    .contains("NONSENSE");
        });
    }
}
