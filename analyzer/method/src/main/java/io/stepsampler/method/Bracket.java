package io.stepsampler.method;

import org.jspecify.annotations.Nullable;

/** A rate between the nearest probed rates, measured or not, where there are any. */
record Bracket(
        LearningRate rate,
        @Nullable LearningRate lower,
        @Nullable LearningRate upper) {

    boolean isWithin(double thresholdDecades) {
        return lower != null
                && upper != null
                && rate.decadesTo(lower) <= thresholdDecades
                && rate.decadesTo(upper) <= thresholdDecades;
    }
}
