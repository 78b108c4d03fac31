package io.stepsampler.coordinator.searches;

import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.method.StepSampling;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What this deployment and the method demand of a search beyond the schema. */
@Singleton
public final class SubmissionRules {

    private final List<String> pools;

    SubmissionRules(@ConfigProperty(name = "stepsampler.pools") List<String> pools) {
        this.pools = List.copyOf(pools);
    }

    /** Empty where the search may be queued. */
    public List<Refusal> refusals(SearchSpecification specification) {
        return Stream.of(pool(specification.pool()), budget(specification.search()))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Refusal> pool(String pool) {
        return pools.contains(pool)
                ? Optional.empty()
                : Optional.of(new Refusal("pool", pool, "allowed: " + String.join(", ", pools)));
    }

    private static Optional<Refusal> budget(SearchPlan plan) {
        return StepSampling.allowedBudget(plan)
                .map(allowed -> new Refusal(
                        "search.budget.probes", Integer.toString(plan.budget().probes()), "allowed: " + allowed));
    }
}
