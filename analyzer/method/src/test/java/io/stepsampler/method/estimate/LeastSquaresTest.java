package io.stepsampler.method.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LeastSquaresTest {

    @Test
    void twoColumnsAreWeighedAsTheNormalEquationsSay() {
        double[][] columns = {{1, 1, 1, 1}, {0, 1, 2, 4}};
        LeastSquares solved = LeastSquares.of(columns, new double[] {1, 3, 4, 9}, new double[] {1, 2, 1, 0.5});

        // 4.5 a + 6 b = 15.5 and 6 a + 14 b = 32
        assertThat(solved.determinant()).isCloseTo(4.5 * 14 - 36, within(1e-12));
        assertThat(solved.shares()).containsExactly(new double[] {25.0 / 27, 51.0 / 27}, within(1e-12));
        double squares = 0;
        double[] weights = {1, 2, 1, 0.5};
        double[] target = {1, 3, 4, 9};
        for (int row = 0; row < 4; row++) {
            double rest = target[row] - 25.0 / 27 - 51.0 / 27 * columns[1][row];
            squares += weights[row] * rest * rest;
        }
        assertThat(solved.squares()).isCloseTo(squares, within(1e-12));
    }

    @Test
    void oneColumnIsTheWeightedMean() {
        LeastSquares solved = LeastSquares.of(new double[][] {{1, 1}}, new double[] {1, 4}, new double[] {2, 1});

        assertThat(solved.shares()).containsExactly(2);
        assertThat(solved.squares()).isEqualTo(6);
        assertThat(solved.determinant()).isEqualTo(3);
    }

    @Test
    void aSecondColumnThatIsNearlyTheFirstCountsForNothing() {
        double[][] columns = {{1, 1, 1}, {1, 1, 1 + 1e-7}};
        LeastSquares solved = LeastSquares.of(columns, new double[] {1, 2, 6}, new double[] {1, 1, 1});

        assertThat(solved.shares()).containsExactly(3, 0);
        assertThat(solved.squares()).isCloseTo(14, within(1e-9));
        assertThat(solved.determinant()).isEqualTo(3);
    }
}
