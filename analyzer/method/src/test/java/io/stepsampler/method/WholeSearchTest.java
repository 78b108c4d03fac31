package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.SearchState;
import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
        assertThat(selected(answer, "half-loss")).isCloseTo(1e-4, within(0.05e-4));
        assertThat(answer.recommendedLearningRate()).isEqualTo(selected(answer, "log-midpoint"));
        assertThat(answer.confirmed())
                .isEqualTo(new Finding.Confirmation(lossAt(Landscape.TYPICAL, selected(answer, "log-midpoint")), 20));
    }

    @Test
    void theBaselineIsProbedAloneAndThenTheCoarseGrid() {
        Settings settings = Simulation.settings(Simulation.PLAN);

        assertThat(StepSampling.decide(settings, List.of()))
                .isEqualTo(new Decision.Ask(0, List.of(new PlannedProbe(0, Purpose.BASELINE, 0, 17, 20))));
        Trial baseline = new Trial(StepSampling.baseline(settings), Landscape.measured(1));
        assertThat(StepSampling.decide(settings, List.of(baseline)))
                .isEqualTo(new Decision.Ask(1, StepSampling.coarseGrid(settings)));
        assertThat(StepSampling.coarseGrid(settings))
                .hasSize(17)
                .extracting(PlannedProbe::learningRate)
                .startsWith(1e-7, 3.16227766e-7)
                .endsWith(3.16227766, 10.0);
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
        assertThat(selected(search.answer(), "minimum"))
                .isLessThanOrEqualTo(1e-3)
                .isGreaterThan(0.8e-3);
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
    void theGridIsExtendedUpwardsUntilTheLossRises() {
        Simulation search = Simulation.run(Simulation.plan(1e-7, 1e-4, 64), Landscape.TYPICAL);

        assertThat(search.answer().state()).isEqualTo(SearchState.FOUND);
        assertThat(search.probedRates())
                .contains(3.16227766e-4, 1e-3, 3.16227766e-3)
                .noneMatch(rate -> rate > 1e-2);
        assertThat(selected(search.answer(), "minimum")).isCloseTo(2e-3, within(0.2e-3));
    }

    @Test
    void theGridIsExtendedDownwardsUntilThePlateauIsSeen() {
        Simulation search = Simulation.run(Simulation.plan(1e-4, 10, 64), Landscape.TYPICAL);

        assertThat(search.answer().state()).isEqualTo(SearchState.FOUND);
        assertThat(search.probedRates()).contains(3.16227766e-5, 1e-5, 3.16227766e-6);
        assertThat(search.warningCodes()).doesNotContain("KNEE_ON_EDGE");
    }

    @Test
    void aLossThatNeverRisesIsFollowedToTheLimitAndGivesNoAnswer() {
        Simulation search = Simulation.run(rate -> Landscape.measured(1 / (1 + 1e3 * rate)));

        assertThat(search.answer().state()).isEqualTo(SearchState.UNRELIABLE);
        assertThat(search.answer().recommendedLearningRate()).isNull();
        assertThat(search.warningCodes()).contains("MINIMUM_ON_EDGE");
        assertThat(search.probedRates()).contains(1e3).noneMatch(rate -> rate > 1e3);
    }

    @Test
    void aSpentBudgetStillGivesAConfirmedRecommendation() {
        Simulation search = Simulation.run(Simulation.plan(1e-7, 10, 22), Landscape.TYPICAL);

        assertThat(search.trials()).hasSize(22);
        assertThat(search.answer().state()).isEqualTo(SearchState.BUDGET_SPENT);
        assertThat(search.answer().recommendedLearningRate()).isEqualTo(selected(search.answer(), "log-midpoint"));
        assertThat(search.answer().confirmed()).isNotNull();
        assertThat(search.warningCodes()).containsExactly("BUDGET_SPENT");
    }

    @Test
    void aCutRoundKeepsTheProbesOfTheMaximumAndThenTheKnee() {
        Simulation search = Simulation.run(Simulation.plan(1e-7, 10, 22), Landscape.TYPICAL);

        assertThat(search.trials())
                .filteredOn(trial -> trial.serves(Purpose.REFINEMENT))
                .extracting(trial -> trial.probe().learningRate())
                .containsExactlyInAnyOrder(5.62341325e-4, 1.77827941e-3, 1.77827941e-5);
    }

    @Test
    void aBudgetWithoutRoomForTheConfirmationIsRefused() {
        assertThat(StepSampling.smallestBudget(Simulation.PLAN)).isEqualTo(19);
        assertThatThrownBy(() -> Simulation.settings(Simulation.plan(1e-7, 10, 18)))
                .hasMessageContaining("budget.probes is 18")
                .hasMessageContaining("at least 19");
        assertThat(Simulation.run(Simulation.plan(1e-7, 10, 19), Landscape.TYPICAL)
                        .trials())
                .hasSize(19);
    }

    @Test
    void aRecommendedRateThatDivergesGivesWayToTheNextMethods() {
        double midpoint = selected(Simulation.run(Landscape.TYPICAL).answer(), "log-midpoint");
        Simulation search =
                Simulation.run(rate -> rate == midpoint ? Landscape.diverged() : Landscape.TYPICAL.apply(rate));

        assertThat(search.answer().state()).isEqualTo(SearchState.FOUND);
        assertThat(search.warningCodes()).containsExactly("NOT_CONFIRMED");
        assertThat(search.answer().recommendedLearningRate()).isEqualTo(selected(search.answer(), "half-loss"));
    }

    @Test
    void aRecommendedRateThatIsFarWorseThanItsNeighboursGivesWay() {
        double midpoint = selected(Simulation.run(Landscape.TYPICAL).answer(), "log-midpoint");
        Simulation search =
                Simulation.run(rate -> rate == midpoint ? Landscape.measured(0.72) : Landscape.TYPICAL.apply(rate));

        assertThat(search.warningCodes()).containsExactly("NOT_CONFIRMED");
        assertThat(search.answer().recommendedLearningRate()).isNotEqualTo(midpoint);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.Code.class,
            names = {"BAD_INPUT", "POLICY", "UNSUPPORTED"})
    void aFailureOfTheSearchEndsItWithItsSentence(Outcome.Code code) {
        Answer answer = Simulation.run(rate -> rate == 1e-3 ? Landscape.failed(code) : Landscape.TYPICAL.apply(rate))
                .answer();

        assertThat(answer.state()).isEqualTo(SearchState.FAILED);
        assertThat(answer.failure()).isEqualTo(new Finding.Failure(code, null, null, "it failed"));
    }

    @Test
    void aBaselineThatDivergesFailsTheSearch() {
        Answer answer = Simulation.run(rate -> Landscape.diverged()).answer();

        assertThat(answer.state()).isEqualTo(SearchState.FAILED);
        assertThat(Objects.requireNonNull(answer.failure()).text())
                .contains("baseline")
                .contains("not finite");
        assertThat(answer.points()).hasSize(1);
    }

    @Test
    void aFailedProbeBoundsItsNeighboursAndIsNamed() {
        Simulation search = Simulation.run(
                rate -> rate == 10 ? Landscape.failed(Outcome.Code.CRASHED) : Landscape.TYPICAL.apply(rate));

        assertThat(search.answer().state()).isEqualTo(SearchState.FOUND);
        assertThat(search.warningCodes()).containsExactly("POINT_MISSING");
        assertThat(search.answer().warnings().get(0).text()).contains("1e1").contains("CRASHED");
    }

    @Test
    void moreThanAQuarterOfTheGridFailedEndsTheSearch() {
        Answer four = Simulation.run(
                        rate -> rate >= 0.3 ? Landscape.failed(Outcome.Code.CRASHED) : Landscape.TYPICAL.apply(rate))
                .answer();
        Answer five = Simulation.run(
                        rate -> rate >= 0.1 ? Landscape.failed(Outcome.Code.CRASHED) : Landscape.TYPICAL.apply(rate))
                .answer();

        assertThat(four.state()).isEqualTo(SearchState.FOUND);
        assertThat(five.state()).isEqualTo(SearchState.FAILED);
        assertThat(Objects.requireNonNull(five.failure()).text()).contains("5 of the 17");
    }

    @Test
    void theKneeOfAFlatCurveIsAbsentAndNothingIsRecommended() {
        Simulation search = Simulation.run(rate -> Landscape.measured(0.7));

        assertThat(search.answer().state()).isEqualTo(SearchState.UNRELIABLE);
        assertThat(search.answer().pointsOfInterest()).isEmpty();
        assertThat(search.answer().recommendedLearningRate()).isNull();
        assertThat(search.warningCodes()).containsExactly("NOTHING_LEARNED");
        assertThat(search.trials()).hasSize(18);
    }

    @Test
    void ratesThatAllDivergeAreFollowedDownAndGiveNoAnswer() {
        Simulation search = Simulation.run(rate -> rate == 0 ? Landscape.measured(0.7) : Landscape.diverged());

        assertThat(search.answer().state()).isEqualTo(SearchState.UNRELIABLE);
        assertThat(search.warningCodes()).containsExactly("FEW_POINTS");
        assertThat(search.probedRates()).contains(1e-10).noneMatch(rate -> rate > 0 && rate < 1e-10);
    }

    @Test
    void twoValleysAreReported() {
        Simulation search = Simulation.run(rate -> rate >= 0.9e-2 && rate <= 0.11
                ? Landscape.measured(0.66)
                : rate > 0.11 ? Landscape.measured(0.9) : Landscape.TYPICAL.apply(rate > 1e-3 ? 0 : rate));

        assertThat(search.warningCodes()).contains("SEVERAL_MINIMA");
    }

    @Test
    void aHorizonBelowTheOptimizersMemoryIsReported() {
        Settings slow = new Settings(Simulation.PLAN, new Optimizer.Sgd(0.99, 0, 0, false), 20, 17);
        Settings adam = new Settings(Simulation.PLAN, new Optimizer.Adam(List.of(0.9, 0.999), 1e-8, 0), 9, 17);
        Settings enough = new Settings(Simulation.PLAN, new Optimizer.AdamW(List.of(0.9, 0.999), 1e-8, 0), 10, 17);

        assertThat(Simulation.run(slow, Landscape.TYPICAL, 0).warningCodes()).containsExactly("HORIZON_TOO_SHORT");
        assertThat(Simulation.run(adam, Landscape.TYPICAL, 0).warningCodes()).containsExactly("HORIZON_TOO_SHORT");
        assertThat(Simulation.run(enough, Landscape.TYPICAL, 0).warningCodes()).isEmpty();
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
        double midpoint = selected(search.answer(), "log-midpoint");

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
        Answer answer = StepSampling.soFar(search.settings(), search.trials());

        assertThat(answer.state()).isEqualTo(SearchState.RUNNING);
        assertThat(answer.recommendedLearningRate()).isNull();
        assertThat(answer.selections()).isEqualTo(search.answer().selections());
        assertThat(StepSampling.soFar(search.settings(), List.of()).points()).isEmpty();
    }

    private static double selected(Answer answer, String method) {
        return answer.selections().stream()
                .filter(selection -> selection.method().equals(method))
                .findFirst()
                .orElseThrow()
                .learningRate();
    }

    private static double lossAt(Landscape landscape, double rate) {
        return ((Outcome.Measured) landscape.apply(rate)).loss();
    }
}
