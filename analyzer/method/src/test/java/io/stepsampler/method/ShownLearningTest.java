package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of which curves a smooth estimate says that they show learning. */
class ShownLearningTest {

    @Test
    void sixClearRatesAreEnough() {
        SmoothEstimate estimate = new SmoothEstimate(new Curve(
                1,
                List.of(sample(1e-4, 0.99), sample(1e-3, 0.9), sample(1e-2, 0.5), sample(1e-1, 0.3), sample(1, 5)),
                List.of()));

        assertThat(estimate.showsLearning()).isTrue();
        assertThat(exponent(estimate.points(), CurvePoint.HALF_LOSS)).isBetween(-2.6, -1.9);
    }

    @Test
    void aFallIsSeenHoweverManyRatesExplodeBehindIt() {
        SmoothEstimate estimate = new SmoothEstimate(new Curve(
                1.623,
                List.of(
                        sample(1e-5, 1.6234),
                        sample(3e-5, 1.6233),
                        sample(1e-4, 1.6232),
                        sample(3e-4, 1.605),
                        sample(1e-3, 1.537),
                        sample(3e-3, 1.541),
                        sample(1e-2, 8.4),
                        sample(3e-2, 1e3),
                        sample(1e-1, 1e6),
                        sample(3e-1, 7e6)),
                List.of()));

        assertThat(estimate.showsLearning()).isTrue();
        assertThat(exponent(estimate.points(), CurvePoint.MAXIMUM)).isBetween(-3.1, -2.4);
    }

    @Test
    void noiseAloneIsHardlyEverTakenForLearning() {
        long taken = IntStream.range(0, 100)
                .filter(seed -> {
                    Random random = new Random(seed);
                    List<Sample> samples = IntStream.range(0, 17)
                            .mapToObj(index -> new Sample(
                                    LearningRate.ofExponent(-7 + 0.5 * index), 1 + 0.01 * random.nextGaussian()))
                            .toList();
                    return new SmoothEstimate(new Curve(1, samples, List.of())).showsLearning();
                })
                .count();

        assertThat(taken).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"17, 120", "12, 100", "8, 130"})
    void noiseUpToAnExplosionIsSeldomTakenForLearning(int beforeTheExplosion, long atMost) {
        long taken = IntStream.range(0, 1000)
                .filter(seed -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    List<Sample> samples = IntStream.range(0, 17)
                            .mapToObj(index -> new Sample(
                                    LearningRate.ofExponent(-7 + 0.5 * index),
                                    index < beforeTheExplosion ? 1 + 0.01 * random.nextGaussian() : 10))
                            .toList();
                    double baseline = 1 + 0.01 * random.nextGaussian();
                    return new SmoothEstimate(new Curve(baseline, samples, List.of())).showsLearning();
                })
                .count();

        assertThat(taken).isLessThanOrEqualTo(atMost);
    }

    private static Sample sample(double rate, double loss) {
        return new Sample(LearningRate.of(rate), loss);
    }

    private static double exponent(PointsOfInterest points, CurvePoint point) {
        return points.find(point).orElseThrow().exponent();
    }
}
