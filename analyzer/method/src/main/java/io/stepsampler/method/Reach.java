package io.stepsampler.method;

import io.stepsampler.messages.Finding.Interval;
import org.jspecify.annotations.Nullable;

/** How far a place may be off on either side, in decades. */
record Reach(double below, double above) {

    /** @param interval of the place; where there is none, nothing says that it is off */
    static Reach of(@Nullable Interval interval, LearningRate place) {
        return interval == null
                ? new Reach(0, 0)
                : new Reach(
                        place.decadesTo(LearningRate.of(interval.lower())),
                        place.decadesTo(LearningRate.of(interval.upper())));
    }

    double farthest() {
        return Math.max(below, above);
    }
}
