package io.stepsampler.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.analyzer.storage.FormerTrialStore;
import io.stepsampler.analyzer.storage.ProbeIssue;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.embedded.TopicTap;
import io.stepsampler.messages.CurveUpdate;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.TrialReference;
import io.stepsampler.messages.json.MeasurementKey;
import io.stepsampler.method.KnownDigests;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Probes of later rounds are sent with the trials that may have answered them before. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "analyzer"))
class ReuseTest {

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    @Inject
    Jdbi database;

    private final long seed = UUID.randomUUID().getLeastSignificantBits();
    private TopicTap<CurveUpdate> curves;
    private TopicTap<Probe> probes;

    /** Of the baseline and the first rates, which the coordinator sends. */
    private final List<TrialEvent.Finished> first = new ArrayList<>();

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
    void theSameSearchAgainIsSentWithTheTrialsOfTheFirstAndMarksWhatIsTakenOver() {
        Finding once = playToTheEnd(PlayedSearch.seeded(seed, 0.05), "content");
        PlayedSearch second = PlayedSearch.seeded(seed, 0.05);

        Finding again = playToTheEnd(second, "content");

        assertThat(sent(second))
                .isNotEmpty()
                .allSatisfy(probe -> assertThat(probe.formerTrials())
                        .singleElement()
                        .extracting(former -> former.trial().searchId())
                        .isEqualTo(once.searchId()));
        assertThat(again.points())
                .hasSameSizeAs(once.points())
                .allSatisfy(point -> assertThat(point.reused()).isTrue());
        assertThat(once.points()).allSatisfy(point -> assertThat(point.reused()).isNull());
        assertThat(again.recommendedLearningRate()).isEqualTo(once.recommendedLearningRate());
        Finding.Cost cost = Objects.requireNonNull(again.cost());
        assertThat(cost.probes()).isEqualTo(once.points().size());
        assertThat(cost.trainingSteps()).isZero();
        assertThat(cost.reused()).isEqualTo(cost.probes());
        assertThat(Objects.requireNonNull(once.cost()).reused()).isNull();
    }

    @Test
    void aFinerThresholdTrainsOnlyWhatIsNew() {
        Finding coarse = playToTheEnd(PlayedSearch.seeded(seed, 0.2), "content");
        List<Double> known = rates(coarse.points());

        Finding fine = playToTheEnd(PlayedSearch.seeded(seed, 0.02), "content");

        List<Finding.Point> trained =
                fine.points().stream().filter(point -> point.reused() == null).toList();
        assertThat(trained).isNotEmpty().hasSizeLessThan(fine.points().size());
        assertThat(rates(trained)).doesNotContainAnyElementsOf(known);
        assertThat(Objects.requireNonNull(fine.cost()).trainingSteps()).isEqualTo(20L * trained.size());
    }

    @Test
    void withOtherContentThanBeforeNothingIsTold() {
        playToTheEnd(PlayedSearch.seeded(seed, 0.05), "old");
        PlayedSearch second = PlayedSearch.seeded(seed, 0.05);

        Finding finding = playToTheEnd(second, "new");

        assertThat(sent(second))
                .isNotEmpty()
                .allSatisfy(probe -> assertThat(probe.formerTrials()).isEmpty());
        assertThat(finding.cost()).satisfies(cost -> assertThat(cost.reused()).isNull());
    }

    @Test
    void whatWasMeasuredLongAgoIsNotTold() {
        Finding once = playToTheEnd(PlayedSearch.seeded(seed, 0.05), "content");
        database.useHandle(handle -> handle.execute(
                "update probe set ended_at = ended_at - interval '31 days' where search_id = ?", once.searchId()));
        PlayedSearch second = PlayedSearch.seeded(seed, 0.05);

        playToTheEnd(second, "content");

        assertThat(sent(second))
                .isNotEmpty()
                .allSatisfy(probe -> assertThat(probe.formerTrials()).isEmpty());
    }

    /** As of a baseline that is sent once more: nothing is known yet of what the files hold. */
    @Test
    void trialsOfTheSameFilesComeFirstHoweverManyCheckpointsCameSince() {
        List<PlayedSearch> series = new ArrayList<>();
        for (int step = 0; step < 34; step++) {
            PlayedSearch played = PlayedSearch.of("/step-" + step, seed, 0.05);
            curves.send("searches", played.id(), played.search());
            answer(played, played.baseline(), "content " + step);
            curves.first(update -> update.searchId().equals(played.id())
                    && update.finding().points().size() == 1);
            series.add(played);
        }
        ProbeIssue again = new ProbeIssue(PlayedSearch.of("/step-0", seed, 0.05).baseline(), KnownDigests.NONE);

        Map<ProbeIssue, List<FormerTrial>> told = database.inTransaction(
                transaction -> FormerTrialStore.find(transaction, List.of(again), Duration.ofDays(1)));

        assertThat(told.get(again))
                .hasSize(32)
                .extracting(former -> former.trial().searchId())
                .startsWith(series.get(0).id(), series.get(33).id());
    }

    private List<Probe> sent(PlayedSearch played) {
        return probes.all(probe -> probe.searchId().equals(played.id()));
    }

    private static List<Double> rates(List<Finding.Point> points) {
        return points.stream().map(Finding.Point::learningRate).toList();
    }

    private Finding playToTheEnd(PlayedSearch played, String content) {
        curves.send("searches", played.id(), played.search());
        answer(played, played.baseline(), content);
        played.firstRound().forEach(probe -> answer(played, probe, content));
        int answered = 0;
        while (true) {
            int wanted = answered + 1 + played.firstRound().size();
            CurveUpdate update = curves.first(candidate -> candidate.searchId().equals(played.id())
                    && (candidate.finding().state().isFinal()
                            || Objects.requireNonNull(candidate.finding().progress())
                                            .planned()
                                    > wanted));
            if (update.finding().state().isFinal()) {
                return update.finding();
            }
            int planned = Objects.requireNonNull(update.finding().progress()).planned()
                    - 1
                    - played.firstRound().size();
            List<Probe> asked =
                    probes.atLeast(planned, probe -> probe.searchId().equals(played.id()));
            asked.subList(answered, planned).forEach(probe -> answer(played, probe, content));
            answered = planned;
        }
    }

    /** As a worker does that has read such content: it takes over what it is told, or what the coordinator would tell. */
    private void answer(PlayedSearch played, Probe probe, String content) {
        TrialEvent.Conditions now =
                new TrialEvent.Conditions("cpu", 1, Map.of(), "checkpoint", content, content, List.of());
        Optional<TrialReference> former = probe.round() <= 1
                ? first.stream()
                        .filter(ended -> MeasurementKey.of(probe).equals(ended.measurementKey())
                                && ended.conditions().equals(now))
                        .map(ended -> new TrialReference(ended.searchId(), ended.probeId()))
                        .findFirst()
                : probe.formerTrials().stream()
                        .filter(told -> told.conditions().equals(now))
                        .map(FormerTrial::trial)
                        .findFirst();
        TrialEvent.Finished finished = new TrialEvent.Finished(
                probe.probeId(),
                played.id(),
                probe.attempt(),
                "played worker",
                Instant.now(),
                PlayedSearch.outcome(((ProbeKind.ConstantRate) probe.kind()).learningRate()),
                new TrialEvent.Cost(former.isPresent() ? 0 : 20, 0.5),
                now,
                MeasurementKey.of(probe),
                former.orElse(null));
        if (probe.round() <= 1) {
            first.add(finished);
        }
        curves.send("trials", played.id(), finished);
    }
}
