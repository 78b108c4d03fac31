package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.SearchPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class CoarseGridTest {

    private static final CoarseGrid GRID = new CoarseGrid(Simulation.PLAN);

    @Test
    void aSearchBeginsWithEveryFourthRateBelowTheHighest() {
        assertThat(GRID.rates()).hasSize(17);
        assertThat(values(GRID.firstRates())).containsExactly(1e-7, 1e-5, 1e-3, 0.1);
        assertThat(values(GRID.wideRates())).containsExactly(1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1.0, 10.0);
    }

    @Test
    void aShortGridBeginsWithEverySecondRateAndTheHighest() {
        CoarseGrid grid = new CoarseGrid(Simulation.plan(1e-5, 0.3, 40));

        assertThat(values(grid.firstRates())).containsExactly(1e-5, 1e-4, 1e-3, 0.01, 0.1, 0.3);
    }

    @Test
    void aShorterGridAndThePapersPlanBeginWithAllRates() {
        CoarseGrid shorter = new CoarseGrid(Simulation.plan(1e-4, 0.1, 40));
        CoarseGrid paper =
                new CoarseGrid(Simulation.plan(40, SearchPlan.Refinement.PAPER, SearchPlan.Reading.RELATIVE));

        assertThat(shorter.firstRates()).isEqualTo(shorter.rates()).hasSize(7);
        assertThat(paper.firstRates()).isEqualTo(paper.rates());
        assertThat(paper.wideRates()).isEqualTo(paper.rates());
        assertThat(new CoarseGrid(Simulation.plan(40, SearchPlan.Refinement.ADAPTIVE, SearchPlan.Reading.PAPER))
                        .firstRates())
                .isEqualTo(paper.rates());
    }

    @Test
    void ratesOnThePlateauAndBeyondTheRiseAreNotWide() {
        Curve first = curve(GRID.firstRates(), x -> x < -4 ? 1 : x < -2 ? 0.2 : 3);

        assertThat(values(GRID.widened(first))).containsExactly(1e-4, 0.01);
    }

    @Test
    void ratesAboveALowestLossAtTheEndAreWide() {
        Curve first = curve(GRID.firstRates(), x -> x < -2 ? 1 : 0.2);

        assertThat(values(GRID.widened(first))).containsExactly(0.01, 1.0, 10.0);
    }

    @Test
    void allWideRatesAreTriedWhereTheLowestRateIsNotAtTheBaseline() {
        Curve noisy = curve(GRID.firstRates(), x -> x < -6 ? 0.95 : x < -4 ? 1 : x < -2 ? 0.2 : 3);
        Curve flat = curve(GRID.firstRates(), x -> 1);

        assertThat(values(GRID.widened(noisy))).containsExactly(1e-6, 1e-4, 0.01, 1.0, 10.0);
        assertThat(GRID.widened(flat)).isEqualTo(GRID.widened(noisy));
    }

    @Test
    void theFallAndBothSidesOfTheLowestLossAreFilled() {
        Curve wide = curve(GRID.wideRates(), x -> x < -4.5 ? 1 : x < -3.5 ? 0.5 : x < -2.5 ? 0.1 : x < -1.5 ? 0.3 : 3);

        assertThat(GRID.filled(wide))
                .extracting(rate -> Math.round(10 * rate.exponent()) / 10.0)
                .containsExactly(-4.5, -3.5, -2.5);
        assertThat(GRID.filled(curve(GRID.wideRates(), x -> 1))).hasSize(8);
    }

    private static Curve curve(List<LearningRate> rates, DoubleUnaryOperator lossAt) {
        List<Sample> samples = new ArrayList<>();
        rates.forEach(rate -> samples.add(new Sample(rate, lossAt.applyAsDouble(rate.exponent()))));
        return new Curve(1, samples, List.of());
    }

    private static List<Double> values(List<LearningRate> rates) {
        return rates.stream().map(LearningRate::value).toList();
    }
}
