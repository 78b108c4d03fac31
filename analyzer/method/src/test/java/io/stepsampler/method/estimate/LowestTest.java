package io.stepsampler.method.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LowestTest {

    private static final double[] VALUES = {3, 0, 2, 1, 0, 5};

    @Test
    void itIsTheFirstOfTheLowestBetweenBothEnds() {
        assertThat(Lowest.index(VALUES, 0, 5)).isEqualTo(1);
        assertThat(Lowest.index(VALUES, 2, 5)).isEqualTo(4);
        assertThat(Lowest.index(VALUES, 2, 3)).isEqualTo(3);
        assertThat(Lowest.index(VALUES, 0, 0)).isZero();
    }

    @Test
    void theVertexIsThatOfTheParabolaThroughItsNeighbours() {
        double[] parabola = new double[7];
        for (int index = 0; index < parabola.length; index++) {
            parabola[index] = 4 + 2 * (index - 3.2) * (index - 3.2);
        }

        assertThat(Lowest.vertex(parabola, 3, 0, 6)).isCloseTo(3.2, within(1e-12));
        assertThat(Lowest.vertex(parabola, 3, 3, 6)).isEqualTo(3);
        assertThat(Lowest.vertex(parabola, 3, 0, 3)).isEqualTo(3);
        assertThat(Lowest.vertex(new double[] {1, 1, 1}, 1, 0, 2)).isEqualTo(1);
    }
}
