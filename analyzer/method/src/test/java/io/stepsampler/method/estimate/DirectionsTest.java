package io.stepsampler.method.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectionsTest {

    private static final double STEP_DECADES = 0.5;

    @ParameterizedTest
    @ValueSource(ints = {4, 12, 13, 14, 40})
    void condensedColumnsKeepTheirProductsWithEachOther(int count) {
        double[] x = new double[count];
        Arrays.setAll(x, index -> 3.0 * index / (count - 1));
        double[] one = new double[count + 1];
        double[] bend = new double[count + 1];
        double[] wave = new double[count + 1];
        Arrays.fill(one, 1);
        Arrays.setAll(bend, index -> index * index / (double) count);
        Arrays.setAll(wave, index -> Math.sin(9.0 * index));
        double[] weights = new double[count];
        Arrays.setAll(weights, index -> 1 + index % 3);
        Observations observations = new Observations(1, 2, x, new double[count], weights);
        SplineBasis basis = new SplineBasis(0, 3, STEP_DECADES);
        Directions directions = new Directions(observations, basis);
        double[][] turned = {directions.turned(one), directions.turned(bend), directions.turned(wave)};

        double[][] condensed = directions.condensed(turned);

        assertThat(condensed[0].length).isEqualTo(Math.min(count + 1, basis.size() + turned.length));
        for (int left = 0; left < turned.length; left++) {
            for (int right = 0; right < turned.length; right++) {
                double product = product(turned[left], turned[right]);
                assertThat(product(condensed[left], condensed[right])).isCloseTo(product, within(1e-9));
            }
            for (int index = 0; index < Math.min(basis.size(), count); index++) {
                assertThat(condensed[left][index]).isEqualTo(turned[left][index]);
            }
        }
    }

    private static double product(double[] left, double[] right) {
        double sum = 0;
        for (int index = 0; index < left.length; index++) {
            sum += left[index] * right[index];
        }
        return sum;
    }
}
