package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchState;
import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Searches whose trials may go on for longer. */
class HorizonTest {

    private static final Optimizer PLAIN = new Optimizer.Sgd(0, 0, 0, false);

    @Test
    void anAnswerThatHoldsAfterTwiceTheStepsIsNotLengthenedFurther() {
        Simulation search = run(PLAIN, probe -> Landscape.TYPICAL.apply(probe.learningRate()));

        assertThat(longest(search)).isEqualTo(40);
        assertThat(search.answer().state()).isEqualTo(SearchState.FOUND);
        assertThat(search.warningCodes()).isEmpty();
        assertThat(search.answer().reason()).contains("after 40 steps");
    }

    @Test
    void instabilityThatComesLateLowersTheAnswer() {
        Simulation shortSearch = Simulation.run(Landscape.TYPICAL);
        Simulation search = run(PLAIN, probe -> {
            boolean unstable = probe.steps() > 20 && probe.learningRate() > 3e-4;
            return unstable ? Landscape.measured(5) : Landscape.TYPICAL.apply(probe.learningRate());
        });

        assertThat(recommended(search)).isLessThan(recommended(shortSearch) / 1.2);
        assertThat(search.answer().window()).isEqualTo(shortSearch.answer().window());
    }

    @Test
    void trialsGoOnUntilTheOptimizersMemoryIsFullThoughTheAnswerHeldBefore() {
        Simulation search = run(new Optimizer.Sgd(0.99, 0, 0, false), probe -> {
            boolean unstable = probe.steps() >= 160 && probe.learningRate() > 1e-4;
            return unstable ? Landscape.measured(5) : Landscape.TYPICAL.apply(probe.learningRate());
        });

        assertThat(longest(search)).isEqualTo(160);
        assertThat(search.warningCodes()).doesNotContain("HORIZON_TOO_SHORT");
        assertThat(recommended(search)).isLessThan(1e-4);
    }

    @Test
    void anAnswerThatGoesOnMovingSaysWhichWay() {
        Simulation search = run(PLAIN, probe -> {
            double limit = 1e-3 * StrictMath.pow(20.0 / probe.steps(), 3);
            return probe.steps() > 20 && probe.learningRate() > limit
                    ? Landscape.measured(5)
                    : Landscape.TYPICAL.apply(probe.learningRate());
        });

        assertThat(search.warningCodes()).contains("ANSWER_MOVES");
        assertThat(text(search, "ANSWER_MOVES")).contains("decades down when the longest trials went from");
    }

    @Test
    void allStepsOfASearchAreAHundredTimesThoseOfItsFirstTrialsAtMost() {
        for (double momentum : new double[] {0, 0.9, 0.99}) {
            Simulation search = run(new Optimizer.Sgd(momentum, 0, 0, false), probe -> {
                double limit = 1e-3 * 20.0 / probe.steps();
                return probe.learningRate() > limit
                        ? Landscape.measured(5)
                        : Landscape.TYPICAL.apply(probe.learningRate());
            });

            assertThat(search.trials().stream()
                            .mapToInt(trial -> trial.probe().steps())
                            .sum())
                    .isLessThanOrEqualTo(2000);
        }
    }

    @Test
    void whereNothingIsLearnedTheGridIsTrainedForLonger() {
        Simulation search = run(PLAIN, probe -> learningAfter(40, probe));

        assertThat(search.answer().state()).isEqualTo(SearchState.FOUND);
        assertThat(Objects.requireNonNull(search.answer().confirmed()).steps()).isEqualTo(40);
        assertThat(search.selected("half-loss")).isBetween(0.95e-4, 1.05e-4);
    }

    @Test
    void whereItTakesMostOfTheStepsToLearnAnythingTheAnswerIsCoarse() {
        Simulation search = run(PLAIN, probe -> learningAfter(80, probe));

        assertThat(search.answer().state()).isEqualTo(SearchState.BUDGET_SPENT);
        assertThat(Objects.requireNonNull(search.answer().confirmed()).steps()).isEqualTo(80);
        assertThat(search.selected("half-loss")).isBetween(0.8e-4, 1.2e-4);
        assertThat(text(search, "BUDGET_SPENT")).contains("64 probes and 2000 training steps");
    }

    private static Outcome learningAfter(int steps, PlannedProbe probe) {
        return probe.steps() < steps ? Landscape.measured(0.7) : Landscape.TYPICAL.apply(probe.learningRate());
    }

    @Test
    void whereNothingIsEverLearnedItEndsWithoutAnAnswer() {
        Simulation search = run(PLAIN, probe -> Landscape.measured(0.7));

        assertThat(search.answer().state()).isEqualTo(SearchState.UNRELIABLE);
        assertThat(search.warningCodes()).containsExactly("NOTHING_LEARNED");
        assertThat(longest(search)).isEqualTo(80);
    }

    @Test
    void aRateThatDivergedIsNotTrainedForLonger() {
        Simulation search = run(
                PLAIN,
                probe -> probe.learningRate() > 0.1
                        ? Landscape.diverged()
                        : probe.steps() < 40 ? Landscape.measured(0.7) : Landscape.TYPICAL.apply(probe.learningRate()));

        assertThat(search.trials().stream()
                        .filter(trial -> trial.probe().learningRate() > 0.1)
                        .mapToInt(trial -> trial.probe().steps()))
                .containsOnly(20);
        assertThat(search.answer().state()).isEqualTo(SearchState.FOUND);
    }

    @Test
    void longerTrialsAreNoPartOfTheCurve() {
        Simulation search = run(PLAIN, probe -> Landscape.TYPICAL.apply(probe.learningRate()));

        assertThat(search.trials())
                .filteredOn(trial -> trial.serves(Purpose.LENGTHENED))
                .isNotEmpty();
        assertThat(search.answer().selections())
                .isEqualTo(Simulation.run(Landscape.TYPICAL).answer().selections());
    }

    private static Simulation run(Optimizer optimizer, Function<PlannedProbe, Outcome> training) {
        return Simulation.runProbes(new Settings(Simulation.PLAN, optimizer, 20, true, 17), training, 0);
    }

    private static int longest(Simulation search) {
        return search.trials().stream()
                .mapToInt(trial -> trial.probe().steps())
                .max()
                .orElseThrow();
    }

    private static double recommended(Simulation search) {
        return Objects.requireNonNull(search.answer().recommendedLearningRate());
    }

    private static String text(Simulation search, String code) {
        return search.answer().warnings().stream()
                .filter(warning -> warning.code().equals(code))
                .map(Finding.Warning::text)
                .findFirst()
                .orElseThrow();
    }
}
