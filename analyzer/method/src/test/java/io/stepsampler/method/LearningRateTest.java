package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearningRateTest {

    @Test
    void aRateIsRoundedToNineSignificantDigits() {
        assertThat(LearningRate.of(0.000123456789499).value()).isEqualTo(1.23456789e-4);
        assertThat(LearningRate.ofExponent(-2.5).value()).isEqualTo(0.00316227766);
        assertThat(LearningRate.ofExponent(-7).value()).isEqualTo(1e-7);
    }

    @Test
    void roundingTwiceChangesNothing() {
        LearningRate rate = LearningRate.ofExponent(-3.21);

        assertThat(LearningRate.of(rate.value())).isEqualTo(rate);
    }

    @Test
    void theMidpointLiesBetweenOnTheLogarithmicAxis() {
        assertThat(LearningRate.of(1e-4).midpointTo(LearningRate.of(1e-2))).isEqualTo(LearningRate.of(1e-3));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-3, Double.NaN, Double.POSITIVE_INFINITY})
    void aRateThatNobodyCanTrainAtIsRefused(double value) {
        assertThatThrownBy(() -> LearningRate.of(value)).hasMessageContaining("learning rate is " + value);
    }

    @Test
    void theBaselineHasNoPlaceOnTheAxis() {
        assertThat(LearningRate.of(-0.0)).isEqualTo(LearningRate.BASELINE);
        assertThatThrownBy(LearningRate.BASELINE::exponent).isInstanceOf(IllegalStateException.class);
    }
}
