package io.stepsampler.method;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A rate between the nearest probed rates, measured or not, where there are any. */
record Bracket(
        LearningRate rate,
        @Nullable LearningRate lower,
        @Nullable LearningRate upper) {

    /** What nine digits of a rate leave uncertain, amply. */
    private static final double ROUNDING_DECADES = 1e-8;

    boolean isWithin(double thresholdDecades) {
        return lower != null
                && upper != null
                && farNeighbours(thresholdDecades).findAny().isEmpty();
    }

    /** From one neighbour to the other, in decades; infinite where there is none. */
    double width() {
        return lower == null || upper == null ? Double.POSITIVE_INFINITY : lower.decadesTo(upper);
    }

    /** The neighbours that are further away than the threshold. */
    Stream<LearningRate> farNeighbours(double thresholdDecades) {
        return Stream.of(Optional.ofNullable(lower), Optional.ofNullable(upper))
                .flatMap(Optional::stream)
                .filter(neighbour -> rate.decadesTo(neighbour) > thresholdDecades + ROUNDING_DECADES);
    }
}
