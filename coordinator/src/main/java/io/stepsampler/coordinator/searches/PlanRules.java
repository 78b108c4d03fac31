package io.stepsampler.coordinator.searches;

import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.method.StepSampling;
import java.util.Optional;

/** What the method demands of a plan beyond the schema. */
public final class PlanRules {

    private PlanRules() {}

    public static Optional<Refusal> refusal(SearchPlan plan) {
        int smallest = StepSampling.smallestBudget(plan);
        if (plan.budget().probes() >= smallest) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                "search.budget.probes",
                Integer.toString(plan.budget().probes()),
                "allowed: at least " + smallest + ", for the baseline, the coarse grid and the confirmation"));
    }
}
