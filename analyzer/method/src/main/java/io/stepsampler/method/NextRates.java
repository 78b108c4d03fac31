package io.stepsampler.method;

import io.stepsampler.messages.Finding.Interval;
import io.stepsampler.messages.SearchPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The rates that bring the points of interest within the threshold.
 *
 * <p>The paper halves the gaps on both sides of a point, round after round. The smooth estimate mostly knows the place
 * better than its gaps are wide, so that ours goes there at once: first to the place itself, where the nearest rates are
 * far, then to both sides of it.
 */
final class NextRates {

    /** Where the gap around a place is wider, in decades, the place may still move by more than the threshold. */
    private static final double WIDE_DECADES = 0.3;

    /** Where the bend of a knee is not seen well, wider gaps beside it are closed. */
    private static final double NARROW_DECADES = 0.1;

    /** How far beside a knee its bend is looked at. */
    private static final double BEND_DECADES = 0.1;

    /** Between two rates this far on each side, in thresholds, a place may move within the threshold of both. */
    private static final double SIDE = 0.5;

    /** The lowest of three measured rates stays the lowest while the true minimum is less than half of this away. */
    private static final double SIDE_OF_MAXIMUM = 0.96;

    /** Nearer rates, in thresholds, tell nothing new. */
    private static final double NEAR = 0.25;

    private final Refinement refinement;
    private final double thresholdDecades;
    private final NavigableSet<LearningRate> taken;
    private final List<LearningRate> wanted = new ArrayList<>();

    NextRates(Refinement refinement) {
        this.refinement = refinement;
        this.thresholdDecades = refinement.plan().thresholdDecades();
        this.taken = new TreeSet<>(refinement.curve().probedRates());
    }

    List<LearningRate> wanted() {
        boolean byHalves = refinement.plan().plan() == SearchPlan.Refinement.PAPER
                || refinement.plan().reading() == SearchPlan.Reading.PAPER;
        refinement
                .refinedPoints()
                .forEach(point -> refinement.points().find(point).ifPresent(rate -> {
                    int before = wanted.size();
                    if (!byHalves) {
                        goTo(point, rate);
                    }
                    if (wanted.size() == before) {
                        halve(rate);
                    }
                }));
        return List.copyOf(wanted);
    }

    private void goTo(CurvePoint point, LearningRate rate) {
        if (point == CurvePoint.MAXIMUM) {
            aroundMaximum(rate);
        } else if (point != CurvePoint.KNEE || !closeGaps(rate, WIDE_DECADES)) {
            int before = wanted.size();
            around(rate);
            if (point == CurvePoint.KNEE && wanted.size() == before && isOpen(rate)) {
                closeGaps(rate, NARROW_DECADES);
            }
        }
    }

    /** Whether a knee between near rates may still be elsewhere, because its bend is not seen well; noise is no reason. */
    private boolean isOpen(LearningRate knee) {
        CurveEstimate estimate = refinement.estimate();
        Interval interval = estimate.intervals().get(CurvePoint.KNEE);
        return interval != null
                && estimate.noise() < NoiseWarning.NOISE
                && NoiseWarning.reach(interval, knee) > thresholdDecades;
    }

    private void around(LearningRate rate) {
        Bracket bracket = bracket(rate);
        bracket.farNeighbours(thresholdDecades)
                .map(neighbour -> neighbour.compareTo(rate) < 0 ? -SIDE : SIDE)
                .toList()
                .forEach(side -> take(shifted(rate, side)));
    }

    /** A bend shows in what lies around it. */
    private boolean closeGaps(LearningRate rate, double widest) {
        boolean closed = false;
        for (double side : new double[] {-BEND_DECADES, BEND_DECADES}) {
            LearningRate beside = LearningRate.ofExponent(rate.exponent() + side);
            Bracket bracket = bracket(beside);
            LearningRate lower = bracket.lower();
            LearningRate upper = bracket.upper();
            if (lower != null && upper != null && lower.decadesTo(upper) > widest) {
                closed |= take(lower.midpointTo(upper));
            }
        }
        return closed;
    }

    private void aroundMaximum(LearningRate measured) {
        if (bracket(measured).isWithin(thresholdDecades)) {
            return;
        }
        LearningRate lowest = refinement.estimate().lowest().orElse(measured);
        LearningRate centre = lowest.decadesTo(measured) <= NEAR * thresholdDecades ? measured : lowest;
        if (isWide(bracket(centre)) && take(centre)) {
            return;
        }
        take(centre);
        Bracket bracket = bracket(centre);
        bracket.farNeighbours(thresholdDecades)
                .map(neighbour -> neighbour.compareTo(centre) < 0 ? -SIDE_OF_MAXIMUM : SIDE_OF_MAXIMUM)
                .toList()
                .forEach(side -> take(shifted(centre, side)));
    }

    private void halve(LearningRate rate) {
        bracket(rate)
                .farNeighbours(thresholdDecades)
                .map(rate::midpointTo)
                .toList()
                .forEach(this::take);
    }

    private Bracket bracket(LearningRate rate) {
        return new Bracket(rate, taken.lower(rate), taken.higher(rate));
    }

    private LearningRate shifted(LearningRate rate, double thresholds) {
        return LearningRate.ofExponent(rate.exponent() + thresholds * thresholdDecades);
    }

    private static boolean isWide(Bracket bracket) {
        LearningRate lower = bracket.lower();
        LearningRate upper = bracket.upper();
        return lower == null || upper == null || lower.decadesTo(upper) > WIDE_DECADES;
    }

    private boolean take(LearningRate rate) {
        boolean isNew = Stream.of(Optional.ofNullable(taken.floor(rate)), Optional.ofNullable(taken.ceiling(rate)))
                .flatMap(Optional::stream)
                .allMatch(other -> rate.decadesTo(other) > NEAR * thresholdDecades);
        if (isNew) {
            taken.add(rate);
            wanted.add(rate);
        }
        return isNew;
    }
}
