package io.stepsampler.method;

import io.stepsampler.messages.Finding.Interval;
import io.stepsampler.messages.SearchPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The rates that bring the points of interest within the threshold.
 *
 * <p>The paper halves the gaps on both sides of a point, round after round. The smooth estimate says how well it knows a
 * place, so that ours probes the place itself while it is not well known, and both sides of it once it is.
 */
final class NextRates {

    /** A place that may be this far off, in thresholds, is known well enough to go to both sides of it. */
    private static final double KNOWN = 0.5;

    /** Where the gap around a place is wider, in decades, its interval is not to be trusted. */
    private static final double WIDE_DECADES = 0.3;

    /** As a share of the gap. */
    private static final double END_OF_GAP = 0.25;

    /** A trial so near to a place, in decades, is waited for: it may show the place elsewhere. */
    private static final double WAIT_DECADES = 0.25;

    /** All that happens on the fall moves the knee. */
    private static final double WAIT_OF_KNEE_DECADES = 1;

    /** How far beside a knee its bend shows. */
    private static final double BEND_DECADES = 0.1;

    /** The lowest of three measured rates stays the lowest while the true minimum is less than half of this away. */
    private static final double SIDE_OF_MAXIMUM = 0.96;

    /** A rate measured so near to the lowest loss, in thresholds, stands for it. */
    private static final double NEAR_MAXIMUM = 0.3;

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
        if (!byHalves) {
            goToPlaces();
        }
        if (wanted.isEmpty()) {
            refinement
                    .refinedPoints()
                    .flatMap(point -> refinement.points().find(point).stream())
                    .forEach(this::halve);
        }
        return List.copyOf(wanted);
    }

    private void goToPlaces() {
        PointsOfInterest points = refinement.points();
        points.find(CurvePoint.MAXIMUM).ifPresent(this::aroundMaximum);
        List<Bracket> known = new ArrayList<>();
        for (CurvePoint point : List.of(CurvePoint.HALF_LOSS, CurvePoint.STEEPEST, CurvePoint.KNEE)) {
            points.find(point).map(this::bracket).filter(this::isOpen).ifPresent(open -> {
                LearningRate place = open.rate();
                if (isKnown(point, open) || (!isAwaited(point, place) && !take(place))) {
                    known.add(open);
                }
            });
        }
        new FewestNeighbours(thresholdDecades).of(known).forEach(this::take);
        if (wanted.isEmpty()) {
            points.find(CurvePoint.KNEE).ifPresent(this::besideBend);
        }
        wanted.sort(Comparator.comparing(this::nearestPoint));
    }

    /** The order of the points is that in which a budget that does not last leaves their rates out, the last ones first. */
    private CurvePoint nearestPoint(LearningRate rate) {
        Map<CurvePoint, LearningRate> places = refinement.points().rates();
        return refinement
                .refinedPoints()
                .filter(places::containsKey)
                .min(Comparator.comparingDouble(
                        point -> Objects.requireNonNull(places.get(point)).decadesTo(rate)))
                .orElseThrow();
    }

    private boolean isOpen(Bracket bracket) {
        return !bracket.isWithin(thresholdDecades);
    }

    private boolean isKnown(CurvePoint point, Bracket bracket) {
        return isKnown(point, bracket.rate())
                && (point != CurvePoint.KNEE || refinement.isNoisy() || bracket.width() <= WIDE_DECADES);
    }

    /** Of a noisy curve no trial near a place makes it better known. */
    private boolean isKnown(CurvePoint point, LearningRate place) {
        return refinement.isNoisy() || doubt(point, place).decades() <= KNOWN * thresholdDecades;
    }

    private boolean isAwaited(CurvePoint point, LearningRate place) {
        double decades = point == CurvePoint.KNEE ? WAIT_OF_KNEE_DECADES : WAIT_DECADES;
        return wanted.stream().anyMatch(other -> other.decadesTo(place) < decades);
    }

    /** How far a place may be off on either side, in decades. */
    private record Doubt(double below, double above) {

        double decades() {
            return Math.max(below, above);
        }
    }

    private Doubt doubt(CurvePoint point, LearningRate place) {
        Interval interval = refinement.estimate().intervalsNearby().get(point);
        return interval == null
                ? new Doubt(0, 0)
                : new Doubt(
                        place.decadesTo(LearningRate.of(interval.lower())),
                        place.decadesTo(LearningRate.of(interval.upper())));
    }

    /** A knee between near rates may still be elsewhere, where its bend is not seen well; more trials help no noise. */
    private void besideBend(LearningRate knee) {
        Doubt doubt = doubt(CurvePoint.KNEE, knee);
        if (doubt.decades() <= thresholdDecades || refinement.isNoisy()) {
            return;
        }
        double side = doubt.below() > doubt.above() ? -BEND_DECADES : BEND_DECADES;
        LearningRate beside = LearningRate.ofExponent(knee.exponent() + side);
        if (bracket(beside).width() > BEND_DECADES) {
            take(beside);
        }
    }

    private void aroundMaximum(LearningRate measured) {
        if (!isOpen(bracket(measured))) {
            return;
        }
        LearningRate lowest = refinement.estimate().lowest().orElse(measured);
        boolean isMeasured = lowest.decadesTo(measured) <= NEAR_MAXIMUM * thresholdDecades;
        if (!isMeasured && !isKnown(CurvePoint.MAXIMUM, lowest) && take(withinGap(lowest))) {
            return;
        }
        LearningRate centre = isMeasured ? measured : lowest;
        take(centre);
        bracket(centre)
                .farNeighbours(thresholdDecades)
                .map(neighbour -> neighbour.compareTo(centre) < 0 ? -SIDE_OF_MAXIMUM : SIDE_OF_MAXIMUM)
                .toList()
                .forEach(side -> take(shifted(centre, side)));
    }

    /** In a wide gap, a trial near its end would tell no more than the end does. */
    private LearningRate withinGap(LearningRate rate) {
        Bracket gap = bracket(rate);
        LearningRate lower = gap.lower();
        LearningRate upper = gap.upper();
        if (lower == null || upper == null || gap.width() <= WIDE_DECADES) {
            return rate;
        }
        double margin = END_OF_GAP * gap.width();
        return LearningRate.ofExponent(
                Math.max(lower.exponent() + margin, Math.min(rate.exponent(), upper.exponent() - margin)));
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
