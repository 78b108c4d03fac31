package io.stepsampler.method;

import org.jspecify.annotations.Nullable;

/**
 * One line of a curve CSV.
 *
 * @param loss absent if the trial diverged
 * @param step after which the loss was measured; absent if the file does not say
 */
record CurveRow(
        LearningRate rate,
        @Nullable Double loss,
        @Nullable Long seed,
        @Nullable Integer step) {}
