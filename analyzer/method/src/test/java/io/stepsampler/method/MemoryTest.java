package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stepsampler.messages.Optimizer;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {

    @Test
    void theWayAndTheSpeedAreThoseOfMomentumFromRest() {
        for (double momentum : new double[] {0.5, 0.9, 0.99}) {
            Memory memory = Memory.fromRest(momentum);
            double velocity = 0;
            double way = 0;
            for (int step = 1; step <= 50; step++) {
                velocity = momentum * velocity + 1;
                way += velocity;
                double longRun = 1 / (1 - momentum);

                assertThat(memory.speedDecades(step)).isCloseTo(StrictMath.log10(longRun / velocity), within(1e-9));
                assertThat(memory.wayDecades(step)).isCloseTo(StrictMath.log10(longRun * step / way), within(1e-9));
            }
        }
    }

    @Test
    void withStepsBehindItMomentumHasBecomeFaster() {
        Memory memory = Memory.fromRest(0.9).after(3);
        double longRun = 10;
        double velocity = 1 + 0.9 + 0.81;
        double way = 0;
        for (int step = 1; step <= 50; step++) {
            velocity = 0.9 * velocity + 1;
            way += velocity;

            assertThat(memory.speedDecades(step)).isCloseTo(StrictMath.log10(longRun / velocity), within(1e-9));
            assertThat(memory.wayDecades(step)).isCloseTo(StrictMath.log10(longRun * step / way), within(1e-9));
        }
    }

    @Test
    void beforeItsFirstStepMomentumIsAtRestAndAfterManyItIsFull() {
        Memory memory = Memory.fromRest(0.9);

        assertThat(memory.after(0)).isEqualTo(memory);
        assertThat(memory.after(1_000_000_000_000L)).isEqualTo(memory.filled());
    }

    @Test
    void adamRemembersButDoesNotStartSlowly() {
        Memory adam =
                Memory.of(new Optimizer.Adam(List.of(0.9, 0.999), 1e-8, 0)).orElseThrow();

        assertThat(adam.isLongerThan(9)).isTrue();
        assertThat(adam.isLongerThan(10)).isFalse();
        assertThat(adam.wayDecades(1)).isZero();
        assertThat(adam.speedDecades(1)).isZero();
    }

    @Test
    void anOptimizerWithoutMomentumHasNone() {
        assertThat(Memory.of(new Optimizer.Sgd(0, 0, 0, false))).isEmpty();
        assertThat(Memory.of(new Optimizer.Adagrad(0, 0, 0, 1e-10))).isEmpty();
        assertThat(Memory.of(new Optimizer.RmsProp(0.99, 1e-8, 0, 0.5, false))).contains(Memory.fromRest(0.5));
    }

    @Test
    void aMomentumOfOneIsRefused() {
        assertThatThrownBy(() -> new Memory(1, 1)).hasMessageContaining("1.0");
        assertThatThrownBy(() -> new Memory(Double.NaN, 1)).hasMessageContaining("NaN");
    }

    @Test
    void moreThanAllOfTheSpeedCannotBeMissing() {
        assertThatThrownBy(() -> new Memory(0.9, 1.5)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> new Memory(0.9, -0.5)).hasMessageContaining("-0.5");
    }
}
