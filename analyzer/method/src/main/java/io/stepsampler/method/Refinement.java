package io.stepsampler.method;

import io.stepsampler.messages.SearchPlan;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.stream.Stream;

/** Which rates would make the points of interest better known, the most useful first. */
record Refinement(SearchPlan plan, Curve curve, CurveEstimate estimate, PointsOfInterest points) {

    /** The knee needs a sample left of its left neighbour, or so many steps, or it may be an effect of the grid's end. */
    private static final int SAMPLES_BELOW_KNEE = 2;

    /** So many losses tell little noise from none; fewer tell much noise. With the whole fall at 1. */
    private static final int SAMPLES_FOR_NOISE = 12;

    private static final double MUCH_NOISE = 0.02;

    static Refinement of(SearchPlan plan, Curve curve) {
        CurveEstimate estimate = CurveEstimate.of(curve, plan.reading(), plan.stepDecades());
        return new Refinement(plan, curve, estimate, estimate.points());
    }

    /** Nothing, when every point is bracketed or what is missing lies beyond the limits of the grid. */
    List<LearningRate> wanted() {
        List<LearningRate> extension = extension();
        return extension.isEmpty() ? new NextRates(this).wanted() : extension;
    }

    boolean isComplete() {
        return extension().isEmpty() && edge().isEmpty() && refinedPoints().allMatch(this::isBracketed);
    }

    /** Whether losses are off by so much that rates which are near each other tell nothing of the curve between them. */
    boolean isNoisy() {
        return estimate.noise() >= (curve.samples().size() < SAMPLES_FOR_NOISE ? MUCH_NOISE : NoiseWarning.NOISE);
    }

    boolean isBracketed(CurvePoint point) {
        return points.find(point)
                .filter(rate -> curve.bracket(rate).isWithin(plan.thresholdDecades()))
                .isPresent();
    }

    /** All five in the paper's plan; the log-midpoint follows from two others and is left out in ours. */
    Stream<CurvePoint> refinedPoints() {
        return Stream.of(CurvePoint.values())
                .filter(point -> point != CurvePoint.LOG_MIDPOINT || plan.plan() == SearchPlan.Refinement.PAPER);
    }

    /** The lowest loss, measured or smoothed, at an end of the rates that were probed: it may be lower beyond. */
    Optional<LearningRate> edge() {
        return Stream.of(curve.minimum().map(Sample::rate), points.find(CurvePoint.MAXIMUM))
                .flatMap(Optional::stream)
                .filter(curve::isOnEdge)
                .findFirst();
    }

    private List<LearningRate> extension() {
        CoarseGrid grid = new CoarseGrid(plan);
        NavigableSet<LearningRate> probed = curve.probedRates();
        Optional<LearningRate> above = edge().filter(probed.last()::equals).flatMap(grid::stepAbove);
        Optional<LearningRate> below = isOpenBelow() ? grid.stepBelow(probed.first()) : Optional.empty();
        return Stream.of(above, below).flatMap(Optional::stream).toList();
    }

    /** Whether lower rates are needed to see where the loss begins to fall. */
    boolean isOpenBelow() {
        Optional<Sample> minimum = curve.minimum();
        if (minimum.isEmpty()) {
            return true;
        }
        if (minimum.get().rate().equals(curve.probedRates().first())) {
            return !curve.isAtBaseline(minimum.get());
        }
        if (!curve.hasEnoughSamples() || !estimate.showsLearning()) {
            return false;
        }
        return points.find(CurvePoint.KNEE).filter(this::isFarFromLowest).isEmpty();
    }

    private boolean isFarFromLowest(LearningRate knee) {
        return samplesBelow(knee) >= SAMPLES_BELOW_KNEE
                || knee.decadesTo(curve.probedRates().first()) >= SAMPLES_BELOW_KNEE * plan.stepDecades();
    }

    private long samplesBelow(LearningRate rate) {
        return curve.samples().stream()
                .filter(sample -> sample.rate().compareTo(rate) < 0)
                .count();
    }
}
