package io.stepsampler.method;

import io.stepsampler.messages.SearchPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Equal steps from the plan's lowest rate to its highest, both included, and the steps beyond its ends.
 *
 * <p>The paper's plan has all of them at once. Ours begins with every fourth rate and adds every second one where the
 * curve is open: on its fall and beside its lowest loss. The others are worth a trial where losses are noisy.
 */
record CoarseGrid(SearchPlan plan) {

    private static final double ROUNDING_DECADES = 1e-6;

    /** With fewer, every fourth rate would show nothing. */
    private static final int FEWEST_SPARSE_RATES = 4;

    /** With fewer, every second rate would not show a curve. */
    private static final int FEWEST_WIDE_RATES = 6;

    /** With the baseline at 1: a loss above has not begun to fall. */
    private static final double PLATEAU = 0.95;

    /** The lowest rate changes next to nothing: where its loss is so near to the baseline's, the fall is no noise. */
    private static final double NEXT_TO_NOTHING = 0.02;

    List<LearningRate> rates() {
        LearningRate from = LearningRate.of(plan.from());
        LearningRate to = LearningRate.of(plan.to());
        int wholeSteps = (int) ((to.exponent() - from.exponent() - ROUNDING_DECADES) / plan.stepDecades());
        List<LearningRate> rates = new ArrayList<>();
        rates.add(from);
        for (int step = 1; step <= wholeSteps; step++) {
            rates.add(LearningRate.ofExponent(from.exponent() + step * plan.stepDecades()));
        }
        rates.add(to);
        return List.copyOf(rates);
    }

    /** What a search begins with; whether it tries more of them, these tell. */
    List<LearningRate> firstRates() {
        List<LearningRate> sparse = new ArrayList<>(every(4));
        sparse.remove(LearningRate.of(plan.to()));
        return plan.followsPaper() || sparse.size() < FEWEST_SPARSE_RATES ? wideRates() : List.copyOf(sparse);
    }

    /** Enough to see whether anything is learned. */
    List<LearningRate> wideRates() {
        List<LearningRate> wide = new ArrayList<>(every(2));
        LearningRate to = LearningRate.of(plan.to());
        if (!wide.contains(to)) {
            wide.add(to);
        }
        return plan.followsPaper() || wide.size() < FEWEST_WIDE_RATES ? rates() : List.copyOf(wide);
    }

    private List<LearningRate> every(int steps) {
        List<LearningRate> all = rates();
        return IntStream.range(0, all.size())
                .filter(index -> index % steps == 0)
                .mapToObj(all::get)
                .toList();
    }

    /**
     * The further wide rates that the first ones leave open; all, where it is not clear that those saw the loss fall.
     *
     * @param first the curve of the first rates alone
     */
    List<LearningRate> widened(Curve first) {
        return first.falls() && startsAtBaseline(first) ? open(wideRates(), first) : further(wideRates(), first);
    }

    /**
     * The further rates that the wide ones leave open; all, where the loss never fell.
     *
     * @param wide the curve of the wide rates alone
     */
    List<LearningRate> filled(Curve wide) {
        return wide.falls() ? open(rates(), wide) : further(rates(), wide);
    }

    /** Those that were not probed. */
    static List<LearningRate> further(List<LearningRate> rates, Curve curve) {
        NavigableSet<LearningRate> probed = curve.probedRates();
        return rates.stream().filter(rate -> !probed.contains(rate)).toList();
    }

    private static boolean startsAtBaseline(Curve curve) {
        return Math.abs(1 - curve.relativeLoss(curve.samples().get(0))) <= NEXT_TO_NOTHING;
    }

    /** Those beside the lowest loss, and those to its left where the loss is not still at the baseline. */
    private static List<LearningRate> open(List<LearningRate> rates, Curve curve) {
        LearningRate lowest = curve.minimum().orElseThrow().rate();
        return further(rates, curve).stream()
                .filter(rate -> {
                    Bracket bracket = curve.bracket(rate);
                    return rate.compareTo(lowest) > 0
                            ? lowest.equals(bracket.lower())
                            : !isOnPlateau(curve, bracket.lower()) || !isOnPlateau(curve, bracket.upper());
                })
                .toList();
    }

    private static boolean isOnPlateau(Curve curve, @Nullable LearningRate rate) {
        return curve.samples().stream()
                .anyMatch(sample -> sample.rate().equals(rate) && curve.relativeLoss(sample) >= PLATEAU);
    }

    Optional<LearningRate> stepBelow(LearningRate lowest) {
        return lowest.decadesTo(Limits.LOWEST) < ROUNDING_DECADES
                ? Optional.empty()
                : Optional.of(LearningRate.ofExponent(
                        Math.max(Limits.LOWEST.exponent(), lowest.exponent() - plan.stepDecades())));
    }

    Optional<LearningRate> stepAbove(LearningRate highest) {
        return highest.decadesTo(Limits.HIGHEST) < ROUNDING_DECADES
                ? Optional.empty()
                : Optional.of(LearningRate.ofExponent(
                        Math.min(Limits.HIGHEST.exponent(), highest.exponent() + plan.stepDecades())));
    }
}
