package io.stepsampler.method.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SigmoidTest {

    @ParameterizedTest
    @EnumSource
    void itRisesFromZeroToOneWithTheDerivativesOfItsValues(Sigmoid.Shape shape) {
        Sigmoid sigmoid = new Sigmoid(shape, -3, 0.3);
        double h = 1e-4;

        for (double x = -5; x <= -1; x += 0.13) {
            double left = sigmoid.at(x - h)[0];
            double middle = sigmoid.at(x)[0];
            double right = sigmoid.at(x + h)[0];
            assertThat(right).isGreaterThanOrEqualTo(left);
            assertThat(sigmoid.at(x)[1]).isCloseTo((right - left) / (2 * h), within(1e-5));
            assertThat(sigmoid.at(x)[2]).isCloseTo((right - 2 * middle + left) / (h * h), within(1e-4));
        }
        assertThat(sigmoid.at(-300)).containsExactly(new double[] {0, 0, 0}, within(1e-12));
        assertThat(sigmoid.at(300)).containsExactly(new double[] {1, 0, 0}, within(1e-12));
    }

    @Test
    void theShapesDifferInTheirBends() {
        double even = new Sigmoid(Sigmoid.Shape.EVEN, 0, 1).at(0)[0];
        double sharpStart = new Sigmoid(Sigmoid.Shape.SHARP_START, 0, 1).at(0)[0];
        double sharpEnd = new Sigmoid(Sigmoid.Shape.SHARP_END, 0, 1).at(0)[0];

        assertThat(even).isEqualTo(0.5);
        assertThat(sharpStart).isCloseTo(Math.exp(-1), within(1e-15));
        assertThat(sharpEnd).isCloseTo(1 - Math.exp(-1), within(1e-15));
        assertThat(new Sigmoid(Sigmoid.Shape.SHARP_START, 0, 1).at(-2)[0])
                .isLessThan(new Sigmoid(Sigmoid.Shape.SHARP_END, 0, 1).at(-2)[0]);
    }
}
