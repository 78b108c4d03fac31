package io.stepsampler.method;

import io.stepsampler.messages.Finding.Interval;
import io.stepsampler.messages.SearchPlan;
import java.util.Map;
import java.util.Optional;

/** What a curve says of its points of interest, in one of two readings. */
sealed interface CurveEstimate permits SmoothEstimate, PaperEstimate {

    /** Of what intervals say: the probability that the point lies within. */
    double LEVEL = 0.9;

    /** Whether a rate brought the loss below the baseline by more than its noise. */
    boolean showsLearning();

    /** The standard deviation of one trial's loss, with the whole fall at 1; 0 if the reading knows no such thing. */
    double noise();

    /** Those that the curve shows; none if nothing was learned. */
    PointsOfInterest points();

    /** Where the loss is lowest, which may be between two samples; absent if the reading knows samples alone. */
    Optional<LearningRate> lowest();

    /** The highest rate before the loss rises out of its valley; absent if the reading knows no such thing. */
    Optional<LearningRate> floorEnd();

    /** How well each is known, where the reading says. */
    Map<CurvePoint, Interval> intervals();

    /** The same, but for a doubt whether the point is somewhere else altogether, which no trial near it would tell of. */
    Map<CurvePoint, Interval> intervalsNearby();

    static CurveEstimate of(Curve curve, SearchPlan.Reading reading, double stepDecades) {
        SmoothEstimate smooth = new SmoothEstimate(curve);
        return switch (reading) {
            case RELATIVE -> smooth;
            case PAPER -> new PaperEstimate(curve, stepDecades, smooth.showsLearning());
        };
    }
}
