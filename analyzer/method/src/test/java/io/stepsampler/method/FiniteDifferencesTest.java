package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiniteDifferencesTest {

    private static final double[] LOSSES = {1.0, 0.98, 0.9, 0.5, 0.1, 0.0, 0.3};

    private final FiniteDifferences slopes = new FiniteDifferences(new Curve(
            1,
            IntStream.range(0, LOSSES.length)
                    .mapToObj(index -> new Sample(LearningRate.ofExponent(-7 + 0.5 * index), LOSSES[index]))
                    .toList(),
            List.of()));

    @Test
    void onEqualStepsTheyAreOrdinaryCentralDifferences() {
        for (int index = 1; index + 1 < LOSSES.length; index++) {
            Slope slope = slopes.at(index).orElseThrow();

            assertThat(slope.first()).isCloseTo(LOSSES[index + 1] - LOSSES[index - 1], within(1e-6));
            assertThat(slope.second())
                    .isCloseTo(4 * (LOSSES[index + 1] - 2 * LOSSES[index] + LOSSES[index - 1]), within(1e-6));
        }
    }

    @Test
    void thereIsNoSlopeAtTheEnds() {
        assertThat(slopes.at(0)).isEmpty();
        assertThat(slopes.at(LOSSES.length - 1)).isEmpty();
    }

    @Test
    void theCurvatureIsKlines() {
        assertThat(new Slope(0, -2).curvature()).isEqualTo(-2);
        assertThat(new Slope(Math.sqrt(3), -8).curvature()).isCloseTo(-1, within(1e-12));
    }
}
