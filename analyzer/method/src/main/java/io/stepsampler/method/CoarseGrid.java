package io.stepsampler.method;

import io.stepsampler.messages.SearchPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Equal steps from the plan's lowest rate to its highest, both included, and the steps beyond its ends. */
record CoarseGrid(SearchPlan plan) {

    private static final double ROUNDING_DECADES = 1e-6;

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
