package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.SearchState;
import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How far a search goes: over which rates, and with how many probes. */
class SearchExtentTest {

    @Test
    void theGridIsExtendedUpwardsUntilTheLossRises() {
        Simulation search = Simulation.run(Simulation.plan(1e-7, 1e-4, 64), Landscape.TYPICAL);

        assertThat(search.answer().state()).isEqualTo(SearchState.FOUND);
        assertThat(search.probedRates())
                .contains(3.16227766e-4, 1e-3, 3.16227766e-3)
                .noneMatch(rate -> rate > 1e-2);
        assertThat(search.selected("minimum")).isCloseTo(2e-3, within(0.2e-3));
    }

    @Test
    void theGridIsExtendedDownwardsUntilThePlateauIsSeen() {
        Simulation search = Simulation.run(Simulation.plan(1e-4, 10, 64), Landscape.TYPICAL);

        assertThat(search.answer().state()).isEqualTo(SearchState.FOUND);
        assertThat(search.probedRates()).contains(3.16227766e-5, 1e-5);
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
        Landscape kinked = Landscape.random(5 * 7919, 0);
        Simulation search = Simulation.run(Simulation.plan(1e-7, 10, 21), kinked);

        assertThat(Simulation.run(kinked).trials()).hasSizeGreaterThan(21);
        assertThat(search.trials()).hasSize(21);
        assertThat(search.answer().state()).isEqualTo(SearchState.BUDGET_SPENT);
        assertThat(search.answer().recommendedLearningRate()).isBetween(1e-4, 3e-4);
        assertThat(search.answer().confirmed()).isNotNull();
        assertThat(search.warningCodes()).containsExactly("BUDGET_SPENT");
    }

    @Test
    void aCutRoundKeepsTheProbesOfTheMaximumAndThenTheKnee() {
        Simulation search = Simulation.run(
                Simulation.plan(22, SearchPlan.Refinement.PAPER, SearchPlan.Reading.RELATIVE), Landscape.TYPICAL);

        assertThat(search.trials())
                .filteredOn(trial -> trial.serves(Purpose.REFINEMENT))
                .extracting(trial -> trial.probe().learningRate())
                .contains(5.62341325e-4, 1.77827941e-3)
                .hasSize(3)
                .anyMatch(rate -> rate > 1e-5 && rate < 1e-4);
    }

    @Test
    void aBudgetWithoutRoomForTheConfirmationIsRefused() {
        assertThat(StepSampling.smallestBudget(Simulation.PLAN)).isEqualTo(19);
        assertThatThrownBy(() -> Simulation.settings(Simulation.plan(1e-7, 10, 18)))
                .hasMessageContaining("budget.probes is 18")
                .hasMessageContaining("at least 19");
        Simulation search = Simulation.run(Simulation.plan(1e-7, 10, 19), rate -> Landscape.measured(1));
        assertThat(search.trials()).hasSize(18);
        assertThat(search.answer().state()).isEqualTo(SearchState.UNRELIABLE);
    }

    @Test
    void ratesThatAllDivergeAreFollowedDownAndGiveNoAnswer() {
        Simulation search = Simulation.run(rate -> rate == 0 ? Landscape.measured(0.7) : Landscape.diverged());

        assertThat(search.answer().state()).isEqualTo(SearchState.UNRELIABLE);
        assertThat(search.warningCodes()).containsExactly("FEW_POINTS");
        assertThat(search.probedRates()).contains(1e-10).noneMatch(rate -> rate > 0 && rate < 1e-10);
    }

    @Test
    void aGridThatIsTooShortForACurveIsMadeFiner() {
        Landscape landscape = new Landscape(0.7, 0.05, -4, 0.1, -3.4, 5, 0, 1);
        Simulation search = Simulation.run(Simulation.plan(3e-5, 1e-3, 40), landscape);

        assertThat(search.answer().state()).isEqualTo(SearchState.FOUND);
        assertThat(search.answer().recommendedLearningRate()).isBetween(1e-4, 4e-4);
    }

    @Test
    void aLossThatFallsUntilItDivergesIsFollowedByHalves() {
        Simulation search = Simulation.run(rate -> rate > 5e-3
                ? Landscape.diverged()
                : Landscape.measured(1 - 1 / (1 + StrictMath.pow(1e-4 / Math.max(rate, 1e-30), 1.2))));

        assertThat(search.answer().state()).isEqualTo(SearchState.FOUND);
        assertThat(Objects.requireNonNull(search.answer().window()).maxLearningRate())
                .isBetween(4.4e-3, 5e-3);
        assertThat(search.trials()).hasSizeLessThan(28);
        assertThat(search.trials()).allMatch(trial -> trial.probe().round() <= 11);
    }

    @Test
    void aLongerGridIsTriedAsAWholeAndWithinTheStepsOfASearch() {
        Settings wide = Simulation.settings(Simulation.plan(1e-10, 1e3, 64), 0, true);
        Simulation search = Simulation.runProbes(
                wide,
                probe -> probe.steps() < 80 ? Landscape.measured(0.7) : Landscape.TYPICAL.apply(probe.learningRate()),
                0);

        assertThat(search.trials().stream()
                        .mapToLong(trial -> trial.probe().steps())
                        .sum())
                .isLessThanOrEqualTo(2000);
        assertThat(search.trials())
                .filteredOn(trial -> trial.probe().steps() == 40 && trial.serves(Purpose.GRID))
                .hasSizeGreaterThanOrEqualTo(14);
    }
}
