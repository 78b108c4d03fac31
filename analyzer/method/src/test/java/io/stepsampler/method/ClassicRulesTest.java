package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stepsampler.messages.Finding.Selection;
import io.stepsampler.messages.Finding.Source;
import io.stepsampler.messages.Finding.Sweep;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassicRulesTest {

    /** Rates 1, 10, 100 ... */
    private static ClassicRules rules(double... losses) {
        return new ClassicRules(
                IntStream.range(0, losses.length)
                        .mapToObj(index -> StrictMath.pow(10, index))
                        .toList(),
                IntStream.range(0, losses.length)
                        .mapToObj(index -> losses[index])
                        .toList());
    }

    @Test
    void theMinimumIsTheFirstOfTheLowest() {
        assertThat(rules(3, 1, 1, 2).selected()).containsEntry("minimum", 10.0).containsEntry("minimum-tenth", 1.0);
    }

    @Test
    void aTenthOfTheMinimumOutsideTheRatesIsNotGiven() {
        assertThat(rules(1, 2, 3).selected()).containsEntry("minimum", 1.0).doesNotContainKey("minimum-tenth");
    }

    @Test
    void theSteepestRateIsTheLeftEndOfTheSteepestFall() {
        assertThat(rules(5, 4.5, 2, 1.5, 9).selected()).containsEntry("steepest", 10.0);
    }

    @Test
    void theValleyIsHalfwayAlongTheLongestFallWithGaps() {
        // the longest decreasing subsequence, 9 8 7 6 5 4, ends at index 6 and has six members: start 0, a third is 2
        assertThat(rules(9, 8, 10, 7, 6, 5, 4, 11).selected()).containsEntry("valley", 1000.0);
    }

    @Test
    void aRisingCurveHasItsValleyAtItsStart() {
        assertThat(rules(1, 2, 3, 4).selected()).containsEntry("valley", 1.0);
    }

    @Test
    void slideStopsWhereTheSlopesAtBothEndsOfItsWindowAreAlike() {
        ClassicRules flatThenUp = rules(IntStream.range(0, 40)
                .mapToDouble(index -> index < 30 ? 1 : 1 + 0.1 * (index - 29))
                .toArray());

        // the window's right end leaves the rise when it reaches index 28, its left end is at 13 then
        assertThat(flatThenUp.selected()).containsEntry("slide", StrictMath.pow(10, 14));
        assertThat(rules(1, 1, 1, 1).selected()).doesNotContainKey("slide");
    }

    @Test
    void aSweepIsSmoothedBeforeItIsRead() {
        Sweep sweep = sweep(100, index -> index < 50 ? 1 - index / 100.0 : 0.5 + (index - 50) / 10.0);
        List<Selection> selections = SweepSelections.of(sweep);

        assertThat(selections).allMatch(selection -> selection.source() == Source.SWEEP);
        double unsmoothed = Objects.requireNonNull(new ClassicRules(
                        sweep.steps().stream().map(Sweep.Step::learningRate).toList(),
                        sweep.steps().stream().map(Sweep.Step::loss).toList())
                .selected()
                .get("minimum"));
        double minimum = selections.stream()
                .filter(selection -> selection.method().equals("minimum"))
                .findFirst()
                .orElseThrow()
                .learningRate();
        assertThat(minimum).isGreaterThan(unsmoothed);
        assertThat(StrictMath.log10(minimum / unsmoothed)).isCloseTo(0.17, within(0.15));
    }

    @Test
    void aSweepThatEndedSoonSelectsNothing() {
        assertThat(SweepSelections.of(sweep(6, index -> 1))).isEmpty();
        assertThat(SweepSelections.of(new Sweep(List.of(), 1))).isEmpty();
    }

    @Test
    void ratesAndLossesGoTogether() {
        assertThatThrownBy(() -> new ClassicRules(List.of(1.0, 2.0), List.of(1.0)))
                .hasMessage("2 rates with 1 losses");
    }

    private static Sweep sweep(int steps, IntToDoubleFunction loss) {
        return new Sweep(
                IntStream.range(0, steps)
                        .mapToObj(index ->
                                new Sweep.Step(1e-5 * StrictMath.pow(10, index / 25.0), loss.applyAsDouble(index)))
                        .toList(),
                null);
    }
}
