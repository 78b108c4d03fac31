package io.stepsampler.method;

import io.stepsampler.messages.SearchPlan;

/** What a plan may ask for. The grid is extended at its edges, never beyond the lowest and the highest rate here. */
final class Limits {

    static final LearningRate LOWEST = LearningRate.of(1e-10);
    static final LearningRate HIGHEST = LearningRate.of(1e3);

    /** Nine digits of a rate could not tell nearer neighbours apart for long. */
    static final double SMALLEST_THRESHOLD_DECADES = 0.001;

    private static final double SMALLEST_STEP_DECADES = 0.01;

    private Limits() {}

    static void check(SearchPlan plan) {
        requireRate("from", plan.from());
        requireRate("to", plan.to());
        if (plan.from() >= plan.to()) {
            throw new IllegalArgumentException(
                    "from is " + plan.from() + "; it must be below to, which is " + plan.to());
        }
        requireAtLeast("stepDecades", plan.stepDecades(), SMALLEST_STEP_DECADES);
        requireAtLeast("thresholdDecades", plan.thresholdDecades(), SMALLEST_THRESHOLD_DECADES);
    }

    static void requireAtLeast(String name, double value, double smallest) {
        if (!(value >= smallest) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be at least " + smallest);
        }
    }

    private static void requireRate(String name, double value) {
        if (!(value >= LOWEST.value() && value <= HIGHEST.value())) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; it must lie within " + LOWEST.value() + " and " + HIGHEST.value());
        }
    }
}
