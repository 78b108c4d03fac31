package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValleyFloorTest {

    private static final LearningRate FAR = LearningRate.of(1);

    @Test
    void theFloorEndsWhereTheLossHasRisenByATenthOfTheFall() {
        // The lowest loss is 0.2 and the fall 0.8: the floor's top is 0.28, a quarter of the way from 0.2 to 0.52.
        ValleyFloor floor = floor(1, 0.6, 0.2, 0.52, 0.9);

        assertThat(floor.end(FAR).exponent()).isCloseTo(-2.75, within(1e-6));
        assertThat(floor.fall()).isEqualTo(0.8);
    }

    @Test
    void theFloorGoesOnOverRatesThatAreNearlyAsLow() {
        assertThat(floor(1, 0.2, 0.24, 0.44, 0.9).end(FAR).exponent()).isCloseTo(-2.8, within(1e-6));
        assertThat(floor(1, 0.2, 0.28, 0.3, 0.9).end(FAR).exponent()).isCloseTo(-3, within(1e-6));
    }

    @Test
    void aRateThatDivergedEndsTheFloorAtTheOneBefore() {
        assertThat(floor(1, 0.6, 0.2, null, null).end(FAR)).isEqualTo(LearningRate.of(1e-3));
    }

    @Test
    void aFloorThatGoesOnToTheLastRateEndsWhereItDidBefore() {
        LearningRate before = LearningRate.ofExponent(-0.5);

        assertThat(floor(1, 0.6, 0.4, 0.2, 0.22).end(before)).isEqualTo(before);
        assertThat(floor(1, 0.6, 0.4, 0.2, 0.22).end(LearningRate.ofExponent(-1.5)))
                .isEqualTo(LearningRate.ofExponent(-1.5));
    }

    @Test
    void whereNothingIsLearnedTheFloorIsTheLowestRate() {
        assertThat(floor(1, 1.0, 1.1, 1.2, null).end(FAR)).isEqualTo(LearningRate.of(1e-4));
        assertThat(floor(1, null, null, null, null).end(FAR)).isEqualTo(LearningRate.of(1e-4));
        assertThat(floor(1, 1.0, 1.1, 1.2, null).fall()).isZero();
        assertThat(floor(1, null, null, null, null).fall()).isZero();
    }

    @Test
    void ofEqualLossesTheSmallerRateIsTheLowest() {
        assertThat(floor(1, 0.2, 0.5, 0.2, 0.9).end(FAR).exponent()).isLessThan(-3.5);
    }

    /** Losses at 1e-4, 1e-3, 1e-2 and 1e-1. */
    private static ValleyFloor floor(double baseline, @Nullable Double... losses) {
        NavigableMap<LearningRate, @Nullable Double> byRate = new TreeMap<>();
        for (int index = 0; index < losses.length; index++) {
            byRate.put(LearningRate.ofExponent(index - 4), losses[index]);
        }
        return new ValleyFloor(baseline, byRate);
    }
}
