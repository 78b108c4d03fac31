package io.stepsampler.method;

import io.stepsampler.messages.SearchPlan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a finished curve is read.
 *
 * @param thresholdDecades how near each point of interest must be bracketed
 * @param momentum the optimizer's, or its beta1; absent if not known, and then the horizon is not judged
 * @param steps the step to read the curve at; absent for the largest that every rate has
 * @param method whose rate is recommended, as a selection names it; absent for our own
 */
public record AnalysisSettings(
        double thresholdDecades,
        @Nullable Double momentum,
        @Nullable Integer steps,
        SearchPlan.Reading reading,
        @Nullable String method) {

    public static final double SMALLEST_THRESHOLD_DECADES = Limits.SMALLEST_THRESHOLD_DECADES;

    /** The names of all methods, the paper's first. */
    public static final List<String> METHODS =
            List.of("log-midpoint", "half-loss", "steepest", "minimum", "minimum-tenth", "valley", "slide");

    public static final AnalysisSettings DEFAULT =
            new AnalysisSettings(0.05, null, null, SearchPlan.Reading.RELATIVE, null);

    public AnalysisSettings {
        Limits.requireAtLeast("thresholdDecades", thresholdDecades, SMALLEST_THRESHOLD_DECADES);
        if (momentum != null && !(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum is " + momentum + "; it must be at least 0 and below 1");
        }
        if (steps != null && steps < 1) {
            throw new IllegalArgumentException("steps is " + steps + "; it must be at least 1");
        }
        if (method != null && !METHODS.contains(method)) {
            throw new IllegalArgumentException(
                    "method is " + method + "; it must be one of " + String.join(", ", METHODS));
        }
    }

    Optional<Memory> memory() {
        return Optional.ofNullable(momentum).filter(known -> known > 0).map(Memory::fromRest);
    }
}
