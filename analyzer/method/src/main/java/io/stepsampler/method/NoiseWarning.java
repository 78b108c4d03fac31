package io.stepsampler.method;

import io.stepsampler.messages.Finding.Interval;
import io.stepsampler.messages.Finding.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names the points of interest that noise leaves far from known; on a flat valley floor the lowest loss always is, and
 * nothing rests on it.
 */
final class NoiseWarning {

    /** An interval that reaches further from its point than so many thresholds is named. */
    private static final double WIDE_THRESHOLDS = 5;

    private NoiseWarning() {}

    static Optional<Warning> of(Refinement refinement) {
        CurveEstimate estimate = refinement.estimate();
        if (!refinement.isNoisy()) {
            return Optional.empty();
        }
        Map<CurvePoint, Interval> intervals = estimate.intervals();
        List<String> wide = new ArrayList<>();
        for (CurvePoint point : List.of(CurvePoint.KNEE, CurvePoint.HALF_LOSS, CurvePoint.STEEPEST)) {
            Interval interval = intervals.get(point);
            Optional<LearningRate> rate = refinement.points().find(point);
            double widest = WIDE_THRESHOLDS * refinement.plan().thresholdDecades();
            if (interval != null
                    && rate.isPresent()
                    && Reach.of(interval, rate.get()).farthest() > widest) {
                wide.add(point.label() + " between " + Numbers.rate(interval.lower()) + " and "
                        + Numbers.rate(interval.upper()));
            }
        }
        return wide.isEmpty()
                ? Optional.empty()
                : Optional.of(Warnings.warning(
                        "TOO_NOISY",
                        "Noise of %.1f %% of the fall leaves the %s, with a probability of %.0f %%. More validation examples"
                                + " make the curve smoother.",
                        100 * estimate.noise(),
                        String.join(", the ", wide),
                        100 * CurveEstimate.LEVEL));
    }
}
