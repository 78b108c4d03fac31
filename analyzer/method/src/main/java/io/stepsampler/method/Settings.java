package io.stepsampler.method;

import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.Training;
import java.util.Optional;

/**
 * What a search's decisions depend on besides its outcomes.
 *
 * @param steps optimizer steps of each trial
 * @param lengthen whether trials around the answer go on for longer until it holds
 * @param seed of each trial
 * @param start what the optimizer remembers before the first step
 */
public record Settings(
        SearchPlan plan, Optimizer optimizer, int steps, boolean lengthen, long seed, OptimizerStart start) {

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

    /** With a fresh optimizer. */
    public Settings(SearchPlan plan, Optimizer optimizer, int steps, boolean lengthen, long seed) {
        this(plan, optimizer, steps, lengthen, seed, new OptimizerStart.Fresh());
    }

    public static Settings of(SearchSpecification specification) {
        Training training = specification.training();
        return new Settings(
                specification.search(),
                training.optimizer(),
                training.steps(),
                training.lengthen(),
                training.seed(),
                OptimizerStart.of(specification));
    }

    /** The same with another plan. */
    Settings with(SearchPlan other) {
        return new Settings(other, optimizer, steps, lengthen, seed, start);
    }

    /** Of the optimizer as it begins; absent where it moves by the last gradient alone. */
    Optional<Memory> memory() {
        Optional<Memory> fresh = Memory.of(optimizer);
        return start instanceof OptimizerStart.Restored restored ? fresh.map(restored::remembered) : fresh;
    }
}
