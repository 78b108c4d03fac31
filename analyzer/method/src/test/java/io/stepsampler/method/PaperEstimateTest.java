package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaperEstimateTest {

    @Test
    void halfLossIsLinearBetweenSamplesOnTheCrossingNearestToTheMaximum() {
        // The raw half between 1 and 0 is 0.5; the crossing further left, from 1 to 0.4, is not the last one.
        assertThat(place(CurvePoint.HALF_LOSS, 1, 0.4, 0.9, 0.1, 0, 0.3)).isCloseTo(-5.75, within(1e-6));
        assertThat(place(CurvePoint.HALF_LOSS, 1, 1, 0.5, 0.1, 0, 0.3)).isCloseTo(-6, within(1e-6));
    }

    @Test
    void whatRisesRightOfTheMaximumIsNoHalfLoss() {
        assertThat(place(CurvePoint.HALF_LOSS, 1, 1, 0.8, 0, 0.9, 0.2)).isCloseTo(-6 + 0.3 / 0.8 * 0.5, within(1e-6));
    }

    @Test
    void theKneeIsTheSampleWithTheLowestCurvatureLeftOfHalfLoss() {
        assertThat(place(CurvePoint.KNEE, 1, 1, 0.95, 0.6, 0.1, 0, 0.3)).isCloseTo(-6, within(1e-6));
    }

    @Test
    void aNoisyPlateauHasNoKneeMoreThanAStepBeforeItsLastLossAtTheBaseline() {
        // The sharpest bend is at -6.5, but the loss is back at the baseline at -5.
        assertThat(place(CurvePoint.KNEE, 0.2, 0.99, 0.2, 0.95, 1, 0.9, 0.2, 0, 0.3))
                .isGreaterThanOrEqualTo(-5.5 - 1e-6);
    }

    @Test
    void steepestLiesWithinTheWindow() {
        // Between -7 and -6 the loss falls faster than anywhere, but that is before the knee.
        double steepest = place(CurvePoint.STEEPEST, 1.8, 0.3, 0.99, 1, 0.9, 0.5, 0.1, 0, 0.3);

        assertThat(steepest).isCloseTo(-4.5, within(1e-6));
    }

    @Test
    void theLogMidpointIsTheMiddleOfKneeAndMaximum() {
        PointsOfInterest points = points(1, 1, 0.95, 0.6, 0.1, 0, 0.3);

        assertThat(points.find(CurvePoint.MAXIMUM)).contains(LearningRate.ofExponent(-4.5));
        assertThat(points.find(CurvePoint.LOG_MIDPOINT).orElseThrow().exponent())
                .isCloseTo(-5.25, within(1e-6));
    }

    @Test
    void whatNeverFallsHasNoPoints() {
        Curve flat = curve(1, 1, 1, 1, 1);

        assertThat(new PaperEstimate(flat, 0.5, false).points().rates()).isEmpty();
    }

    private static double place(CurvePoint point, double... losses) {
        return points(losses).find(point).orElseThrow().exponent();
    }

    private static PointsOfInterest points(double... losses) {
        PaperEstimate estimate = new PaperEstimate(curve(losses), 0.5, true);
        assertThat(estimate.intervals()).isEmpty();
        assertThat(estimate.intervalsNearby()).isEmpty();
        assertThat(estimate.noise()).isZero();
        return estimate.points();
    }

    /** From 1e-7 on, every half decade, with the baseline at 1. */
    private static Curve curve(double... losses) {
        return new Curve(
                1,
                IntStream.range(0, losses.length)
                        .mapToObj(index -> new Sample(LearningRate.ofExponent(-7 + 0.5 * index), losses[index]))
                        .toList(),
                List.of());
    }
}
