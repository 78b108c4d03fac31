package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stepsampler.messages.Finding.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A curve with known answers: 1 - 1 / (1 + exp(-(x + 4) / 0.3)) and a smooth rise from -2 on. */
class SmoothEstimateTest {

    private static final double KNEE = knownKnee();

    private static double loss(double x) {
        double rise = StrictMath.log1p(StrictMath.exp(3 * (x + 2)));
        return 1 - 1 / (1 + StrictMath.exp(-(x + 4) / 0.3)) + 0.05 * rise * rise;
    }

    /** The minimum of the curvature, on a dense grid. */
    private static double knownKnee() {
        double step = 1e-3;
        return DoubleStream.iterate(-6, x -> x < -4, x -> x + step)
                .boxed()
                .min((one, other) -> Double.compare(curvature(one, step), curvature(other, step)))
                .orElseThrow();
    }

    private static double curvature(double x, double step) {
        double first = (loss(x + step) - loss(x - step)) / (2 * step);
        double second = (loss(x + step) - 2 * loss(x) + loss(x - step)) / (step * step);
        return new Slope(first, second).curvature();
    }

    @Test
    void aGridOfQuarterDecadesGivesEveryPointWithoutNoise() {
        PointsOfInterest points = estimate(0.25, x -> x).points();

        assertThat(exponent(points, CurvePoint.KNEE)).isCloseTo(KNEE, within(0.01));
        assertThat(exponent(points, CurvePoint.HALF_LOSS)).isCloseTo(-4.0, within(0.03));
        assertThat(exponent(points, CurvePoint.STEEPEST)).isCloseTo(-4.0, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"1e-6, 0", "1e6, 0", "1, 1e3", "1, -1e3", "1e-6, 1e-3", "1e6, -1e9"})
    void scaleAndShiftOfTheLossChangeNothing(double scale, double shift) {
        PointsOfInterest plain = estimate(0.25, x -> x).points();
        PointsOfInterest moved = estimate(0.25, x -> scale * x + shift).points();

        assertThat(moved.rates()).hasSameSizeAs(plain.rates());
        plain.rates()
                .forEach((point, rate) -> assertThat(
                                rate.decadesTo(moved.find(point).orElseThrow()))
                        .as(point.label())
                        .isLessThan(1e-6));
    }

    @Test
    void samplesCloseTogetherMoveNothing() {
        List<Sample> samples = new ArrayList<>(samples(0.25, x -> x));
        PointsOfInterest before = new SmoothEstimate(new Curve(1, samples, List.of())).points();
        for (CurvePoint point : List.of(CurvePoint.KNEE, CurvePoint.HALF_LOSS, CurvePoint.STEEPEST)) {
            for (double beside : new double[] {-0.02, 0.01, 0.03}) {
                LearningRate rate = LearningRate.ofExponent(exponent(before, point) + beside);
                samples.add(new Sample(rate, loss(rate.exponent())));
            }
        }
        PointsOfInterest after = new SmoothEstimate(new Curve(1, samples, List.of())).points();

        before.rates()
                .forEach((point, rate) -> assertThat(
                                rate.decadesTo(after.find(point).orElseThrow()))
                        .as(point.label())
                        .isLessThan(0.01));
    }

    @Tag("many-curves")
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.05})
    void nineOfTenIntervalsHoldTheKnee(double noise) {
        long held = IntStream.range(0, 60)
                .filter(seed -> {
                    Random random = new Random(seed);
                    SmoothEstimate estimate = estimate(0.25, x -> x + noise * random.nextGaussian());
                    Interval interval = estimate.intervals().get(CurvePoint.KNEE);
                    return interval != null
                            && StrictMath.log10(interval.lower()) <= KNEE
                            && StrictMath.log10(interval.upper()) >= KNEE;
                })
                .count();

        assertThat(held).isBetween(48L, 60L);
    }

    @Test
    void theNoiseIsThatOfTheLosses() {
        double mean = IntStream.range(0, 40)
                .mapToDouble(seed -> {
                    Random random = new Random(seed);
                    return estimate(0.25, x -> x + 0.03 * random.nextGaussian()).noise();
                })
                .average()
                .orElseThrow();

        assertThat(mean).isCloseTo(0.03, within(0.006));
    }

    @Test
    void noiseThatThePaperChasesMovesTheKneeFarLess() {
        double ours = 0;
        double papers = 0;
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Curve curve = new Curve(1, samples(0.25, x -> x + 0.03 * random.nextGaussian()), List.of());
            ours += Math.abs(exponent(new SmoothEstimate(curve).points(), CurvePoint.KNEE) - KNEE) / 40;
            papers += new PaperEstimate(curve, 0.5, true)
                            .points()
                            .find(CurvePoint.KNEE)
                            .map(knee -> Math.abs(knee.exponent() - KNEE))
                            .orElse(0.5)
                    / 40;
        }

        assertThat(ours).isLessThan(papers / 2);
    }

    private static SmoothEstimate estimate(double step, DoubleUnaryOperator change) {
        return new SmoothEstimate(new Curve(change.applyAsDouble(1), samples(step, change), List.of()));
    }

    private static List<Sample> samples(double step, DoubleUnaryOperator change) {
        return DoubleStream.iterate(-7, x -> x <= 0.01, x -> x + step)
                .mapToObj(LearningRate::ofExponent)
                .map(rate -> new Sample(rate, change.applyAsDouble(loss(rate.exponent()))))
                .toList();
    }

    private static double exponent(PointsOfInterest points, CurvePoint point) {
        return points.find(point).orElseThrow().exponent();
    }
}
