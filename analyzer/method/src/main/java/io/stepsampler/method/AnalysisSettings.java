package io.stepsampler.method;

import io.stepsampler.messages.SearchPlan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a finished curve is read.
 *
 * @param thresholdDecades how near each point of interest must be bracketed
 * @param momentum the optimizer's, or its beta1; absent if not known, and then the horizon is not judged
 * @param steps the step to read the curve at; absent for the largest that every rate has
 */
public record AnalysisSettings(
        double thresholdDecades,
        @Nullable Double momentum,
        @Nullable Integer steps,
        SearchPlan.Reading reading) {

    public static final AnalysisSettings DEFAULT = new AnalysisSettings(0.05, null, null, SearchPlan.Reading.RELATIVE);

    public AnalysisSettings {
        Limits.requireAtLeast("thresholdDecades", thresholdDecades, Limits.SMALLEST_THRESHOLD_DECADES);
        if (momentum != null && !(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum is " + momentum + "; it must be at least 0 and below 1");
        }
        if (steps != null && steps < 1) {
            throw new IllegalArgumentException("steps is " + steps + "; it must be at least 1");
        }
    }

    Optional<Memory> memory() {
        return Optional.ofNullable(momentum).filter(known -> known > 0).map(known -> new Memory(known, true));
    }
}
