package io.stepsampler.method.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplineBasisTest {

    private final SplineBasis basis = new SplineBasis(-5, -2, 0.3);

    private double[] coefficients(IntToDoubleFunction ofIndex) {
        double[] coefficients = new double[basis.size()];
        Arrays.setAll(coefficients, ofIndex);
        return coefficients;
    }

    @Test
    void theStepsAreNoWiderThanAskedForAndFourAtLeast() {
        assertThat(basis.step()).isCloseTo(0.3, within(1e-12));
        assertThat(basis.size()).isEqualTo(15);
        assertThat(new SplineBasis(0, 1, 0.4).step()).isEqualTo(0.25);
        assertThat(new SplineBasis(0, 1, 0.19).step()).isCloseTo(1.0 / 6, within(1e-12));
        assertThat(new SplineBasis(0, 1, 5).size()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-5, -4.93, -3.5, -3.2, -2.0001, -2})
    void equalCoefficientsMakeAConstantAndEvenlyRisingOnesALine(double x) {
        double[] ones = coefficients(index -> 1);
        // The centre of spline i lies i - 2 steps right of the first place.
        double[] line = coefficients(index -> -5 + (index - 2) * basis.step());

        assertThat(basis.row(x, 0).dot(ones)).isCloseTo(1, within(1e-12));
        assertThat(basis.row(x, 1).dot(ones)).isCloseTo(0, within(1e-12));
        assertThat(basis.row(x, 0).dot(line)).isCloseTo(x, within(1e-12));
        assertThat(basis.row(x, 1).dot(line)).isCloseTo(1, within(1e-11));
        assertThat(basis.row(x, 2).dot(line)).isCloseTo(0, within(1e-10));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-4.95, -4.1, -3.3, -2.4, -2.05})
    void derivativesAreThoseOfTheCurve(double x) {
        double[] wavy = coefficients(index -> Math.sin(1.3 * index));
        double h = 1e-4;
        double left = basis.row(x - h, 0).dot(wavy);
        double middle = basis.row(x, 0).dot(wavy);
        double right = basis.row(x + h, 0).dot(wavy);

        assertThat(basis.row(x, 1).dot(wavy)).isCloseTo((right - left) / (2 * h), within(1e-5));
        assertThat(basis.row(x, 2).dot(wavy)).isCloseTo((right - 2 * middle + left) / (h * h), within(1e-4));
    }

    @Test
    void beyondItsEndsACurveStaysWhatItIsThere() {
        double[] wavy = coefficients(index -> Math.sin(1.3 * index));

        assertThat(basis.row(-9, 0).dot(wavy)).isEqualTo(basis.row(-5, 0).dot(wavy));
        assertThat(basis.row(3, 0).dot(wavy)).isEqualTo(basis.row(-2, 0).dot(wavy));
    }

    @Test
    void aRowOfAMatrixHoldsItsWeights() {
        double[] wavy = coefficients(index -> Math.cos(index));
        DMatrixRMaj matrix = new DMatrixRMaj(2, basis.size());
        basis.row(-3.1, 0).putInto(matrix, 1, 2);

        double sum = 0;
        for (int column = 0; column < basis.size(); column++) {
            sum += matrix.get(1, column) * wavy[column];
            assertThat(matrix.get(0, column)).isZero();
        }
        assertThat(sum).isCloseTo(2 * basis.row(-3.1, 0).dot(wavy), within(1e-12));
    }
}
