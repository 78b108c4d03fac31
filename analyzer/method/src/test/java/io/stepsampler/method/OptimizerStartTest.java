package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.Series;
import io.stepsampler.messages.Training;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a search of a checkpoint in mid-training says of its optimizer, and what it reads from the curve. */
class OptimizerStartTest {

    private static final Checkpoint STORED = new Checkpoint.Stored("/m.pt");
    private static final Model BARE = new Model.TorchScript(STORED, null);
    private static final Model WITH_STATE = new Model.TorchScript(STORED, null, "/m.safetensors");
    private static final Series LATER = new Series("run", 1000);
    private static final Optimizer PLAIN = new Optimizer.Sgd(0, 0, 0, false);
    private static final Optimizer MOMENTUM = new Optimizer.Sgd(0.9, 0, 0, false);

    static Stream<Optimizer> remembering() {
        return Stream.of(
                MOMENTUM,
                new Optimizer.Adam(List.of(0.9, 0.999), 1e-8, 0),
                new Optimizer.AdamW(List.of(0.9, 0.999), 1e-8, 0),
                new Optimizer.RmsProp(0.99, 1e-8, 0, 0, false),
                new Optimizer.Adagrad(0, 0, 0, 1e-10));
    }

    @ParameterizedTest
    @MethodSource("remembering")
    void aFreshOptimizerInMidTrainingIsDoubted(Optimizer optimizer) {
        assertThat(codes(settings(LATER, BARE, optimizer))).containsExactly("FRESH_OPTIMIZER");
        assertThat(codes(settings(LATER, WITH_STATE, optimizer))).isEmpty();
        assertThat(codes(settings(new Series("run", 0), BARE, optimizer))).isEmpty();
        assertThat(codes(settings(null, BARE, optimizer))).isEmpty();
    }

    @Test
    void whatRemembersNothingIsNotDoubted() {
        Model replay = new Model.Replay(STORED, new Model.Replay.Options(0));

        assertThat(codes(settings(LATER, BARE, PLAIN))).isEmpty();
        assertThat(codes(settings(LATER, replay, MOMENTUM))).isEmpty();
    }

    @Test
    void theDoubtIsThereOnceWhenASearchIsReadAgain() {
        Settings settings = settings(LATER, BARE, MOMENTUM);
        Simulation search = Simulation.run(settings, Landscape.TYPICAL, 0);
        Finding stored = search.answer().finding(null, null, null, null, null);

        assertThat(Reanalysis.of(settings, stored, AnalysisSettings.DEFAULT)).isEqualTo(search.answer());
    }

    /** From rest, momentum moves less at first, and the rate is lowered for what comes later; a full one is at its speed. */
    @Test
    void aRestoredMomentumIsNotTakenToStartSlowly() {
        Simulation fresh = Simulation.run(settings(null, BARE, MOMENTUM), Landscape.TYPICAL, 0);
        Simulation restored = Simulation.run(settings(LATER, WITH_STATE, MOMENTUM), Landscape.TYPICAL, 0);
        Simulation plain = Simulation.run(settings(null, BARE, PLAIN), Landscape.TYPICAL, 0);

        assertThat(fresh.answer().reason()).contains("for momentum's slow start");
        assertThat(restored.answer().reason()).isEqualTo(plain.answer().reason());
        assertThat(restored.answer().recommendedLearningRate())
                .isEqualTo(plain.answer().recommendedLearningRate());
        Finding stored = restored.answer().finding(null, null, null, null, null);
        assertThat(Reanalysis.of(restored.settings(), stored, AnalysisSettings.DEFAULT))
                .isEqualTo(restored.answer());
    }

    /** The first checkpoint of a series has an optimizer's state in which nothing has happened yet. */
    @Test
    void theStateBeforeTheFirstStepIsThatOfAFreshOptimizer() {
        Simulation fresh = Simulation.run(settings(new Series("run", 0), BARE, MOMENTUM), Landscape.TYPICAL, 0);
        Simulation first = Simulation.run(settings(new Series("run", 0), WITH_STATE, MOMENTUM), Landscape.TYPICAL, 0);

        assertThat(first.answer()).isEqualTo(fresh.answer());
        assertThat(first.answer().reason()).contains("for momentum's slow start");
    }

    @Test
    void theSlowStartFadesWithTheStepsThatTheOptimizerHasTaken() {
        double fresh = recommended(new Series("run", 0), WITH_STATE);
        double early = recommended(new Series("run", 5), WITH_STATE);
        double late = recommended(LATER, WITH_STATE);

        assertThat(early).isGreaterThan(fresh).isLessThan(late);
        assertThat(recommended(null, WITH_STATE)).isEqualTo(late);
    }

    @Test
    void aRestoredOptimizerNeedsAsManyStepsToShowWhatIsUnstable() {
        Optimizer slow = new Optimizer.Sgd(0.99, 0, 0, false);

        assertThat(codes(settings(LATER, WITH_STATE, slow))).containsExactly("HORIZON_TOO_SHORT");
    }

    private static double recommended(@Nullable Series series, Model model) {
        return Objects.requireNonNull(Simulation.run(settings(series, model, MOMENTUM), Landscape.TYPICAL, 0)
                .answer()
                .recommendedLearningRate());
    }

    private static Settings settings(@Nullable Series series, Model model, Optimizer optimizer) {
        return Settings.of(new SearchSpecification(
                null,
                series,
                model,
                null,
                Training.plain(Loss.CrossEntropy.plain(), optimizer, 16, 20, 17),
                Simulation.PLAN,
                "default"));
    }

    private static List<String> codes(Settings settings) {
        return Simulation.run(settings, Landscape.TYPICAL, 0).warningCodes();
    }
}
