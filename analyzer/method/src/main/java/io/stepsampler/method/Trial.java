package io.stepsampler.method;

import io.stepsampler.messages.Outcome;
import io.stepsampler.method.PlannedProbe.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * A probe that was asked for, and how its trial ended, once it has.
 *
 * @param reused whether the outcome is that of an earlier trial; told with the point, and nothing depends on it
 */
public record Trial(PlannedProbe probe, @Nullable Outcome outcome, boolean reused) {

    public Trial(PlannedProbe probe, @Nullable Outcome outcome) {
        this(probe, outcome, false);
    }

    boolean isPending() {
        return outcome == null;
    }

    boolean serves(Purpose purpose) {
        return probe.purpose() == purpose;
    }

    boolean isOnCurve() {
        return serves(Purpose.GRID) || serves(Purpose.REFINEMENT) || serves(Purpose.REPEAT);
    }
}
