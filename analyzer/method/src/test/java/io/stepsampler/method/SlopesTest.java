package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stepsampler.messages.SearchPlan.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlopesTest {

    private static final double[] COARSE = {1.0, 0.98, 0.9, 0.5, 0.1, 0.0, 0.3};

    @Test
    void onACoarseGridBothReadingsAreOrdinaryFiniteDifferences() {
        Curve curve = curve(COARSE);

        for (int index = 1; index + 1 < COARSE.length; index++) {
            double first = COARSE[index + 1] - COARSE[index - 1];
            double second = 4 * (COARSE[index + 1] - 2 * COARSE[index] + COARSE[index - 1]);
            for (Reading reading : Reading.values()) {
                Slope slope = Slopes.of(curve, reading, 0.5).at(index).orElseThrow();
                assertThat(slope.first()).isCloseTo(first, within(1e-6));
                assertThat(slope.second()).isCloseTo(second, within(1e-6));
            }
        }
    }

    @Test
    void thereIsNoSlopeAtTheEnds() {
        for (Reading reading : Reading.values()) {
            Slopes slopes = Slopes.of(curve(COARSE), reading, 0.5);

            assertThat(slopes.at(0)).isEmpty();
            assertThat(slopes.at(COARSE.length - 1)).isEmpty();
        }
    }

    @Test
    void noiseOfNearbySamplesIsAveragedByTheRelativeReadingOnly() {
        Random random = new Random(3);
        List<Sample> samples = new ArrayList<>(curve(COARSE).samples());
        IntStream.range(1, 8)
                .forEach(step -> samples.add(new Sample(
                        LearningRate.ofExponent(-6 + 0.03 * step), 0.9 - 0.024 * step + 0.01 * random.nextGaussian())));
        Curve noisy = new Curve(1, samples, List.of());

        assertThat(highestSecond(Slopes.of(noisy, Reading.RELATIVE, 0.5))).isLessThan(3);
        assertThat(highestSecond(Slopes.of(noisy, Reading.PAPER, 0.5))).isGreaterThan(10);
    }

    @Test
    void theCurvatureIsKlines() {
        assertThat(new Slope(0, -2).curvature()).isEqualTo(-2);
        assertThat(new Slope(Math.sqrt(3), -8).curvature()).isCloseTo(-1, within(1e-12));
    }

    /** Among the samples of the cluster. */
    private static double highestSecond(Slopes slopes) {
        return IntStream.range(3, 9)
                .mapToDouble(index -> Math.abs(slopes.at(index).orElseThrow().second()))
                .max()
                .orElseThrow();
    }

    private static Curve curve(double[] losses) {
        List<Sample> samples = IntStream.range(0, losses.length)
                .mapToObj(index -> new Sample(LearningRate.ofExponent(-7 + 0.5 * index), losses[index]))
                .toList();
        return new Curve(1, samples, List.of());
    }
}
