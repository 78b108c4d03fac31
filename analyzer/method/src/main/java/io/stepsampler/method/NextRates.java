package io.stepsampler.method;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The rates that bring the points of interest within the threshold.
 *
 * <p>The paper halves the gaps on both sides of a point, round after round. The smooth estimate says how well it knows a
 * place, so that ours probes the place itself while it is not well known, and both sides of it once it is.
 */
final class NextRates {

    /** Where the gap around a knee is wider, in decades, its interval is not to be trusted. */
    private static final double WIDE_DECADES = 0.3;

    /** A trial so near to a place, in decades, is waited for: it may show the place elsewhere. */
    private static final double WAIT_DECADES = 0.25;

    /** All that happens on the fall moves the knee. */
    private static final double WAIT_OF_KNEE_DECADES = 1;

    /** How far beside a knee its bend shows. */
    private static final double BEND_DECADES = 0.1;

    private final Refinement refinement;
    private final double thresholdDecades;
    private final ProbedRates rates;

    NextRates(Refinement refinement) {
        this.refinement = refinement;
        this.thresholdDecades = refinement.plan().thresholdDecades();
        this.rates = new ProbedRates(refinement);
    }

    List<LearningRate> wanted() {
        if (!refinement.plan().followsPaper()) {
            goToPlaces();
        }
        if (rates.wanted().isEmpty()) {
            refinement
                    .refinedPoints()
                    .flatMap(point -> refinement.points().find(point).stream())
                    .forEach(this::halve);
            return rates.wanted();
        }
        return rates.wanted().stream()
                .sorted(Comparator.comparing(this::nearestPoint))
                .toList();
    }

    private void goToPlaces() {
        PointsOfInterest points = refinement.points();
        points.find(CurvePoint.MAXIMUM).ifPresent(new LowestRates(refinement, rates)::take);
        List<LearningRate> known = new ArrayList<>();
        for (CurvePoint point : List.of(CurvePoint.HALF_LOSS, CurvePoint.STEEPEST, CurvePoint.KNEE)) {
            points.find(point).filter(this::isOpen).ifPresent(place -> {
                if (isKnown(point, place) || (!isAwaited(point, place) && !rates.take(place))) {
                    known.add(place);
                }
            });
        }
        new FewestNeighbours(thresholdDecades)
                .of(known.stream().map(rates::bracket).toList())
                .forEach(rates::take);
        if (rates.wanted().isEmpty()) {
            points.find(CurvePoint.KNEE).ifPresent(this::besideBend);
        }
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

    private boolean isOpen(LearningRate place) {
        return !rates.bracket(place).isWithin(thresholdDecades);
    }

    private boolean isKnown(CurvePoint point, LearningRate place) {
        boolean isWide = point == CurvePoint.KNEE && rates.bracket(place).width() > WIDE_DECADES;
        return refinement.isKnown(point, place) && (refinement.isNoisy() || !isWide);
    }

    private boolean isAwaited(CurvePoint point, LearningRate place) {
        double decades = point == CurvePoint.KNEE ? WAIT_OF_KNEE_DECADES : WAIT_DECADES;
        return rates.wanted().stream().anyMatch(other -> other.decadesTo(place) < decades);
    }

    /** A knee between near rates may still be elsewhere, where its bend is not seen well; more trials help no noise. */
    private void besideBend(LearningRate knee) {
        Reach reach = refinement.reach(CurvePoint.KNEE, knee);
        if (reach.farthest() <= thresholdDecades || refinement.isNoisy()) {
            return;
        }
        double side = reach.below() > reach.above() ? -BEND_DECADES : BEND_DECADES;
        LearningRate beside = LearningRate.ofExponent(knee.exponent() + side);
        if (rates.bracket(beside).width() > BEND_DECADES) {
            rates.take(beside);
        }
    }

    private void halve(LearningRate rate) {
        rates.bracket(rate)
                .farNeighbours(thresholdDecades)
                .map(rate::midpointTo)
                .toList()
                .forEach(rates::take);
    }
}
