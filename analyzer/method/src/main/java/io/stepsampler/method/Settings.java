package io.stepsampler.method;

import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.Training;

/**
 * What a search's decisions depend on besides its outcomes.
 *
 * @param steps optimizer steps of each trial
 * @param lengthen whether trials around the answer go on for longer until it holds
 * @param seed of each trial
 */
public record Settings(SearchPlan plan, Optimizer optimizer, int steps, boolean lengthen, long seed) {

    public Settings {
        Limits.check(plan);
        if (steps < 1) {
            throw new IllegalArgumentException("steps is " + steps + "; a trial needs at least 1");
        }
        int smallestBudget = StepSampling.smallestBudget(plan);
        if (plan.budget().probes() < smallestBudget) {
            throw new IllegalArgumentException(
                    "budget.probes is " + plan.budget().probes() + "; this plan needs at least " + smallestBudget
                            + ": the baseline, the coarse grid and the confirmation");
        }
    }

    public static Settings of(SearchSpecification specification) {
        Training training = specification.training();
        return new Settings(
                specification.search(), training.optimizer(), training.steps(), training.lengthen(), training.seed());
    }
}
