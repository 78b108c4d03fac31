package io.stepsampler.method;

import java.util.stream.Stream;

/** The rates that tell where the loss is lowest: its place while that is not well known, then both sides of it. */
record LowestRates(Refinement refinement, ProbedRates rates) {

    /** The lowest of three measured rates stays the lowest while the true minimum is less than half of this away. */
    private static final double SIDE = 0.96;

    /** A rate measured so near to the lowest loss, in thresholds, stands for it. */
    private static final double NEAR = 0.3;

    /** In thresholds: many steps. */
    private static final double FAR = 4;

    /** In a wider gap, in decades, a trial near its end would tell no more than the end does. */
    private static final double WIDE_DECADES = 0.3;

    /** As a share of the gap. */
    private static final double END_OF_GAP = 0.25;

    /** @param measured the rate of the lowest loss so far */
    void take(LearningRate measured) {
        double thresholdDecades = refinement.plan().thresholdDecades();
        if (rates.bracket(measured).isWithin(thresholdDecades)) {
            return;
        }
        LearningRate lowest = refinement.estimate().lowest().orElse(measured);
        boolean isMeasured = lowest.decadesTo(measured) <= NEAR * thresholdDecades;
        if (!isMeasured && !refinement.isKnown(CurvePoint.MAXIMUM, lowest) && rates.take(withinGap(lowest))) {
            return;
        }
        LearningRate centre = isMeasured ? measured : lowest;
        rates.take(centre);
        Stream<LearningRate> far = rates.bracket(centre).farNeighbours(thresholdDecades);
        far.map(neighbour -> beside(centre, neighbour)).toList().forEach(rates::take);
    }

    private LearningRate beside(LearningRate centre, LearningRate neighbour) {
        if (mayGoOn(centre, neighbour)) {
            return centre.midpointTo(neighbour);
        }
        double side = (neighbour.compareTo(centre) > 0 ? SIDE : -SIDE)
                * refinement.plan().thresholdDecades();
        return LearningRate.ofExponent(centre.exponent() + side);
    }

    /**
     * Whether the loss may go on falling for long up to the next higher rate: a fit does not see where it rises at once, or
     * diverges, and would go there step by step.
     */
    private boolean mayGoOn(LearningRate centre, LearningRate neighbour) {
        double thresholdDecades = refinement.plan().thresholdDecades();
        boolean isUnknown = !refinement.isNoisy()
                && refinement.reach(CurvePoint.MAXIMUM, centre).above() > thresholdDecades
                && centre.decadesTo(neighbour) > FAR * thresholdDecades;
        boolean hasNoLoss = refinement.curve().gaps().contains(neighbour);
        return neighbour.compareTo(centre) > 0 && (isUnknown || hasNoLoss);
    }

    private LearningRate withinGap(LearningRate rate) {
        Bracket gap = rates.bracket(rate);
        LearningRate lower = gap.lower();
        LearningRate upper = gap.upper();
        if (lower == null || upper == null || gap.width() <= WIDE_DECADES) {
            return rate;
        }
        double margin = END_OF_GAP * gap.width();
        return LearningRate.ofExponent(
                Math.max(lower.exponent() + margin, Math.min(rate.exponent(), upper.exponent() - margin)));
    }
}
