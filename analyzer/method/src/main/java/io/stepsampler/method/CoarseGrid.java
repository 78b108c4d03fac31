package io.stepsampler.method;

import io.stepsampler.messages.SearchPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Equal steps from the plan's lowest rate to its highest, both included, and the steps beyond its ends.
 *
 * <p>Our plan begins with every second rate, and adds those in between where the curve is not flat: on its fall and beside
 * its lowest loss. The paper's plan has all of them at once.
 */
record CoarseGrid(SearchPlan plan) {

    private static final double ROUNDING_DECADES = 1e-6;

    /** With fewer, every second rate would not show a curve. */
    private static final int FEWEST_WIDE_RATES = 6;

    /** With the baseline at 1: a loss above has not begun to fall. */
    private static final double PLATEAU = 0.95;

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

    /** What a search begins with. */
    List<LearningRate> firstRates() {
        List<LearningRate> all = rates();
        List<LearningRate> wide = new ArrayList<>();
        for (int index = 0; index < all.size(); index += 2) {
            wide.add(all.get(index));
        }
        if (all.size() % 2 == 0) {
            wide.add(all.get(all.size() - 1));
        }
        return plan.plan() == SearchPlan.Refinement.PAPER || wide.size() < FEWEST_WIDE_RATES ? all : List.copyOf(wide);
    }

    /**
     * The rates between the first ones that are worth a trial.
     *
     * @param first the curve of the first rates alone
     */
    List<LearningRate> between(Curve first) {
        List<LearningRate> wide = firstRates();
        Optional<Sample> minimum = first.falls() ? first.minimum() : Optional.empty();
        return rates().stream()
                .filter(rate -> !wide.contains(rate))
                .filter(rate -> minimum.isEmpty() || tells(first, minimum.get(), rate))
                .toList();
    }

    private static boolean tells(Curve first, Sample minimum, LearningRate rate) {
        Bracket bracket = first.bracket(rate);
        if (minimum.rate().equals(bracket.lower()) || minimum.rate().equals(bracket.upper())) {
            return true;
        }
        return rate.compareTo(minimum.rate()) < 0
                && first.samples().stream()
                        .filter(sample -> sample.rate().equals(bracket.lower())
                                || sample.rate().equals(bracket.upper()))
                        .anyMatch(sample -> first.relativeLoss(sample) < PLATEAU);
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
