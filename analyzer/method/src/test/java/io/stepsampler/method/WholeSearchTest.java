package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.SearchState;
import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeSearchTest {

    @Test
    void aSearchFindsTheWindowAndConfirmsItsMiddle() {
        Simulation search = Simulation.run(Landscape.TYPICAL);
        Answer answer = search.answer();

        assertThat(answer.state()).isEqualTo(SearchState.FOUND);
        assertThat(answer.warnings()).isEmpty();
        Finding.Window window = Objects.requireNonNull(answer.window());
        assertThat(StrictMath.log10(window.minLearningRate())).isCloseTo(-4.6, within(0.3));
        assertThat(StrictMath.log10(window.maxLearningRate())).isCloseTo(-2.7, within(0.1));
        assertThat(search.selected("half-loss")).isCloseTo(1e-4, within(0.05e-4));
        double recommended = Objects.requireNonNull(answer.recommendedLearningRate());
        assertThat(recommended).isBetween(search.selected("log-midpoint") / 1.5, search.selected("log-midpoint"));
        assertThat(answer.reason()).contains("middle between the knee", "valley floor", "decades lower for momentum");
        assertThat(answer.confirmed()).isEqualTo(new Finding.Confirmation(lossAt(Landscape.TYPICAL, recommended), 20));
    }

    @Test
    void theBaselineIsProbedAloneAndThenTheCoarseGrid() {
        Settings settings = Simulation.settings(Simulation.PLAN);

        Decision first = StepSampling.decide(settings, List.of());
        assertThat(((Decision.Ask) first).probes()).containsExactly(new PlannedProbe(0, Purpose.BASELINE, 0, 17, 20));
        Trial baseline = new Trial(StepSampling.baseline(settings), Landscape.measured(1));
        Decision second = StepSampling.decide(settings, List.of(baseline));
        assertThat(((Decision.Ask) second).probes()).isEqualTo(StepSampling.firstRound(settings));
        assertThat(StepSampling.firstRound(settings))
                .extracting(PlannedProbe::learningRate)
                .containsExactly(1e-7, 1e-5, 1e-3, 0.1);
    }

    @Test
    void everyPointOfInterestIsBracketedWithinTheThreshold() {
        assertThat(Simulation.run(Landscape.TYPICAL).answer().pointsOfInterest())
                .extracting(Finding.PointOfInterest::name)
                .containsExactly("knee", "half-loss", "steepest", "maximum");
        assertThat(Simulation.run(Landscape.TYPICAL).answer().pointsOfInterest())
                .allSatisfy(point -> {
                    double lower = Objects.requireNonNull(point.lower());
                    double upper = Objects.requireNonNull(point.upper());
                    assertThat(StrictMath.log10(point.learningRate() / lower)).isBetween(1e-6, 0.05);
                    assertThat(StrictMath.log10(upper / point.learningRate())).isBetween(1e-6, 0.05);
                });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theOrderOfArrivalChangesNeitherProbesNorAnswer(long arrivalSeed) {
        Settings settings = Simulation.settings(Simulation.PLAN);
        Landscape noisy = Landscape.random(7, 0.02);

        Simulation one = Simulation.run(settings, noisy, 0);
        Simulation other = Simulation.run(settings, noisy, arrivalSeed);

        assertThat(other.answer()).isEqualTo(one.answer());
        assertThat(other.probedRates()).isEqualTo(one.probedRates());
    }

    @Tag("many-curves")
    @ParameterizedTest
    @ValueSource(doubles = {0.005, 0.01, 0.02})
    void noisySearchesEndWithinTheDefaultBudget(double noise) {
        List<SearchState> states = IntStream.range(0, 40)
                .mapToObj(seed ->
                        Simulation.run(Landscape.random(seed, noise)).answer().state())
                .toList();

        assertThat(states).containsOnly(SearchState.FOUND);
    }

    @Test
    void aDivergedTrialNeverWins() {
        Simulation search = Simulation.run(rate -> rate > 1e-3 ? Landscape.diverged() : Landscape.TYPICAL.apply(rate));

        assertThat(search.answer().state()).isEqualTo(SearchState.FOUND);
        assertThat(search.selected("minimum")).isLessThanOrEqualTo(1e-3).isGreaterThan(0.8e-3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e22, 1e300, Double.MAX_VALUE})
    void aHugeLossOnTheRightDisturbsNothing(double huge) {
        Answer withHuge = Simulation.run(rate -> rate >= 1 ? Landscape.measured(huge) : Landscape.TYPICAL.apply(rate))
                .answer();
        Answer withModest = Simulation.run(rate -> rate >= 1 ? Landscape.measured(3) : Landscape.TYPICAL.apply(rate))
                .answer();

        assertThat(withHuge.selections()).isEqualTo(withModest.selections());
        assertThat(withHuge.pointsOfInterest()).isEqualTo(withModest.pointsOfInterest());
    }

    @Test
    void aRecommendedRateThatDivergesGivesWayToTheLogMidpoint() {
        double middle = recommended(Simulation.run(Landscape.TYPICAL));
        Simulation search =
                Simulation.run(rate -> rate == middle ? Landscape.diverged() : Landscape.TYPICAL.apply(rate));

        assertThat(search.answer().state()).isEqualTo(SearchState.FOUND);
        assertThat(search.warningCodes()).containsExactly("NOT_CONFIRMED");
        assertThat(search.answer().warnings().get(0).text())
                .contains("had diverged by step 1 when tried", "The rate of log-midpoint is recommended instead");
        assertThat(recommended(search)).isEqualTo(search.selected("log-midpoint"));
    }

    @Test
    void aRecommendedRateThatIsFarWorseThanItsNeighboursGivesWay() {
        double middle = recommended(Simulation.run(Landscape.TYPICAL));
        Simulation search =
                Simulation.run(rate -> rate == middle ? Landscape.measured(0.72) : Landscape.TYPICAL.apply(rate));

        assertThat(search.warningCodes()).containsExactly("NOT_CONFIRMED");
        assertThat(recommended(search)).isNotEqualTo(middle);
    }

    @Test
    void thePapersPlanRefinesTheMidpointToo() {
        SearchPlan paper = new SearchPlan(
                1e-7,
                10,
                0.5,
                0.05,
                new SearchPlan.Budget(64),
                SearchPlan.Refinement.PAPER,
                SearchPlan.Reading.PAPER,
                false);
        Simulation search = Simulation.run(paper, Landscape.TYPICAL);
        double midpoint = search.selected("log-midpoint");

        assertThat(search.answer().state()).isEqualTo(SearchState.FOUND);
        assertThat(search.probedRates())
                .anyMatch(rate -> rate < midpoint && StrictMath.log10(midpoint / rate) <= 0.05)
                .anyMatch(rate -> rate > midpoint && StrictMath.log10(rate / midpoint) <= 0.05);
    }

    @Test
    void aSweepIsRunBesideTheGridAndLeavesTheCurveAsItIs() {
        SearchPlan plan = Simulation.plan(1e-7, 10, 64);
        SearchPlan withSweep = new SearchPlan(
                plan.from(),
                plan.to(),
                plan.stepDecades(),
                plan.thresholdDecades(),
                plan.budget(),
                plan.plan(),
                plan.reading(),
                true);
        Answer without = Simulation.run(plan, Landscape.TYPICAL).answer();
        Answer with = Simulation.run(withSweep, Landscape.TYPICAL).answer();

        assertThat(with.recommendedLearningRate()).isEqualTo(without.recommendedLearningRate());
        assertThat(with.points()).isEqualTo(without.points());
        assertThat(without.sweep()).isNull();
        assertThat(with.sweep()).isNotNull();
    }

    @Test
    void whatIsKnownSoFarRecommendsNothingYet() {
        Simulation search = Simulation.run(Landscape.TYPICAL);
        List<Trial> unconfirmed = search.trials().stream()
                .filter(trial -> !trial.serves(Purpose.CONFIRMATION))
                .toList();
        Answer answer = StepSampling.decide(search.settings(), unconfirmed).answer();

        assertThat(answer.state()).isEqualTo(SearchState.RUNNING);
        assertThat(answer.recommendedLearningRate()).isNull();
        assertThat(answer.selections()).isEqualTo(search.answer().selections());
        assertThat(StepSampling.decide(search.settings(), List.of()).answer().points())
                .isEmpty();
    }

    private static double recommended(Simulation search) {
        return Objects.requireNonNull(search.answer().recommendedLearningRate());
    }

    private static double lossAt(Landscape landscape, double rate) {
        return ((Outcome.Measured) landscape.apply(rate)).loss();
    }
}
