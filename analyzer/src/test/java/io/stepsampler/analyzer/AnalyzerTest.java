package io.stepsampler.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.embedded.TopicTap;
import io.stepsampler.messages.CurveUpdate;
import io.stepsampler.messages.DeadLetter;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TrialEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "analyzer"))
class AnalyzerTest {

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    private TopicTap<CurveUpdate> curves;
    private TopicTap<Probe> probes;

    @BeforeEach
    void listen() {
        curves = new TopicTap<>(bootstrapServers, "curves", CurveUpdate.class);
        probes = new TopicTap<>(bootstrapServers, "probes.default", Probe.class);
    }

    @AfterEach
    void close() {
        curves.close();
        probes.close();
    }

    @Test
    void aSearchEndsWithTheAnswerOfTheMethodAlone() {
        PlayedSearch played = PlayedSearch.fresh();

        Finding finding = playToTheEnd(played, 1, 42);

        assertThat(finding.state()).isEqualTo(SearchState.FOUND);
        assertThat(MethodAnswers.in(finding))
                .isEqualTo(MethodAnswers.alone(played).with(List.of(PlayedSearch.DOUBT)));
        assertThat(finding.cost()).satisfies(cost -> {
            assertThat(cost.probes()).isEqualTo(finding.points().size());
            assertThat(cost.trainingSteps()).isEqualTo(20L * cost.probes());
        });
    }

    @Test
    void outcomesInAnyOrderAndTwiceGiveTheSameFinding() {
        assertThat(MethodAnswers.in(playToTheEnd(PlayedSearch.fresh(), 2, 7)))
                .isEqualTo(MethodAnswers.in(playToTheEnd(PlayedSearch.fresh(), 1, 8)));
    }

    @Test
    void badInputAtTheBaselineEndsTheSearchWithItsSentence() {
        PlayedSearch played = PlayedSearch.fresh();
        announce(played);
        TrialEvent.Finished measured = played.finished(played.baseline());
        Outcome refusal = new Outcome.Failed(Outcome.Code.BAD_INPUT, "data.train", "/none", "there is no such folder");

        curves.send(
                "trials",
                played.id(),
                new TrialEvent.Finished(
                        measured.probeId(),
                        played.id(),
                        1,
                        "played worker",
                        measured.at(),
                        refusal,
                        new TrialEvent.Cost(0, 0),
                        new TrialEvent.Conditions("cpu", 1, Map.of(), null, null, null, List.of())));

        Finding finding = lastCurve(played);
        assertThat(finding.state()).isEqualTo(SearchState.FAILED);
        assertThat(finding.failure())
                .isEqualTo(
                        new Finding.Failure(Outcome.Code.BAD_INPUT, "data.train", "/none", "there is no such folder"));
    }

    @Test
    void nothingChangesACancelledSearch() {
        PlayedSearch cancelled = PlayedSearch.fresh();
        announce(cancelled);
        curves.send("trials", cancelled.id(), cancelled.finished(cancelled.baseline()));
        curves.first(update -> update.searchId().equals(cancelled.id()));
        curves.send("searches", cancelled.id(), cancelled.cancelled());
        // one partition: when a later search is known, the cancellation is too
        playToTheEnd(PlayedSearch.fresh(), 1, 2);

        cancelled.firstRound().forEach(probe -> curves.send("trials", cancelled.id(), cancelled.finished(probe)));

        playToTheEnd(PlayedSearch.fresh(), 1, 3);
        assertThat(curves.all(update -> update.searchId().equals(cancelled.id())))
                .hasSize(1);
    }

    @Test
    void aRecordThatCannotBeReadIsADeadLetterAndHoldsNothingUp() {
        UUID key = UUID.randomUUID();
        curves.sendText("trials", key, "{\"event\": \"finished\", \"oops\": tru");
        curves.sendText(
                "searches",
                key,
                "{\"searchId\": \"" + key + "\", \"team\": \"local\", \"revision\": 1, \"state\": \"RUNNING\"}");

        assertThat(playToTheEnd(PlayedSearch.fresh(), 1, 5).state()).isEqualTo(SearchState.FOUND);
        try (TopicTap<DeadLetter> letters = new TopicTap<>(bootstrapServers, "dead-letters", DeadLetter.class)) {
            assertThat(letters.first(letter -> letter.topic().equals("trials")).reason())
                    .startsWith("not a TrialEvent: ");
            assertThat(letters.first(letter -> letter.topic().equals("searches"))
                            .reason())
                    .isEqualTo("not a Search: specification is missing");
        }
    }

    private void announce(PlayedSearch played) {
        curves.send("searches", played.id(), played.search());
    }

    private Finding playToTheEnd(PlayedSearch played, int times, long orderSeed) {
        announce(played);
        answer(played, List.of(played.baseline()), times, orderSeed);
        answer(played, played.firstRound(), times, orderSeed);
        for (int round = 2; ; round++) {
            int wanted = round;
            CurveUpdate update = curves.first(candidate -> candidate.searchId().equals(played.id())
                    && (candidate.finding().state().isFinal()
                            || progress(candidate).round() >= wanted));
            if (update.finding().state().isFinal()) {
                return update.finding();
            }
            int sentByOthers = 1 + played.firstRound().size();
            List<Probe> sent = probes.atLeast(
                    progress(update).planned() - sentByOthers,
                    probe -> probe.searchId().equals(played.id()));
            answer(
                    played,
                    sent.stream().filter(probe -> probe.round() == wanted).toList(),
                    times,
                    orderSeed);
        }
    }

    private static Finding.Progress progress(CurveUpdate update) {
        return Objects.requireNonNull(update.finding().progress());
    }

    private void answer(PlayedSearch played, List<Probe> asked, int times, long orderSeed) {
        List<Probe> shuffled = new ArrayList<>(asked);
        Collections.shuffle(shuffled, new Random(orderSeed));
        for (Probe probe : shuffled) {
            for (int time = 0; time < times; time++) {
                curves.send("trials", played.id(), played.started(probe));
                curves.send("trials", played.id(), played.finished(probe));
            }
        }
    }

    private Finding lastCurve(PlayedSearch played) {
        return curves.first(update -> update.searchId().equals(played.id())
                        && update.finding().state().isFinal())
                .finding();
    }
}
