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

    /** With the whole fall at 1. Less leaves no interval wide but where rates are missing. */
    private static final double NOISE = 0.005;

    /** Fewer losses cannot tell so little noise from a curve that is not well seen, but they can tell much of it. */
    private static final int SAMPLES_FOR_NOISE = 12;

    private static final double MUCH_NOISE = 0.02;

    /** A place that may be this far off, in thresholds, keeps the neighbours that it is given. */
    private static final double KNOWN = 0.5;

    static Refinement of(SearchPlan plan, Curve curve) {
        CurveEstimate estimate = CurveEstimate.of(curve, plan.reading(), plan.stepDecades());
        return new Refinement(plan, curve, estimate, estimate.points());
    }

    /** Nothing, when every point is bracketed or what is missing lies beyond the limits of the grid. */
    List<LearningRate> wanted() {
        List<LearningRate> extension = extension();
        if (!extension.isEmpty()) {
            return extension;
        }
        return curve.falls() && !curve.hasEnoughSamples() ? between() : new NextRates(this).wanted();
    }

    /** The middle of each gap between rates that have a loss, and of the one above: a short grid shows no curve. */
    private List<LearningRate> between() {
        ProbedRates rates = new ProbedRates(this);
        for (Sample sample : curve.samples()) {
            LearningRate above = rates.bracket(sample.rate()).upper();
            if (above != null) {
                rates.take(sample.rate().midpointTo(above));
            }
        }
        return rates.wanted();
    }

    boolean isComplete() {
        return extension().isEmpty() && edge().isEmpty() && refinedPoints().allMatch(this::isBracketed);
    }

    /** Whether losses are off by so much that rates which are near each other tell nothing of the curve between them. */
    boolean isNoisy() {
        return estimate.noise() >= (curve.samples().size() < SAMPLES_FOR_NOISE ? MUCH_NOISE : NOISE);
    }

    /** How far a place may be off, if it is not another one altogether. */
    Reach reach(CurvePoint point, LearningRate place) {
        return Reach.of(estimate.intervalsNearby().get(point), place);
    }

    /** Whether it is time to go to both sides of a place; of a noisy curve no trial near it makes it better known. */
    boolean isKnown(CurvePoint point, LearningRate place) {
        return isNoisy() || reach(point, place).farthest() <= KNOWN * plan.thresholdDecades();
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
