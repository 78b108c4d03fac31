package io.stepsampler.coordinator.searches;

import io.stepsampler.coordinator.deployment.Deployment;
import io.stepsampler.coordinator.deployment.Team;
import io.stepsampler.coordinator.teams.KnownDeployment;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.method.StepSampling;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What this deployment and the method demand of a search beyond the schema. */
@Singleton
public final class SubmissionRules {

    private final KnownDeployment known;

    SubmissionRules(KnownDeployment known) {
        this.known = known;
    }

    /** Empty where the team may have the search. */
    public List<Refusal> refusals(String teamName, SearchSpecification specification) {
        return refusals(known.current(), teamName, specification);
    }

    /** The same, and it stays so until the transaction ends. */
    List<Refusal> refusals(Handle transaction, String teamName, SearchSpecification specification) {
        return refusals(known.held(transaction), teamName, specification);
    }

    private static List<Refusal> refusals(Deployment deployment, String teamName, SearchSpecification specification) {
        Optional<Team> team = deployment.team(teamName);
        if (team.isEmpty()) {
            return List.of(new Refusal("team", teamName, "allowed: " + String.join(", ", deployment.teamNames())));
        }
        return Stream.concat(
                        deployment.refusals(team.get(), specification).stream(),
                        budget(specification.search()).stream())
                .toList();
    }

    private static Optional<Refusal> budget(SearchPlan plan) {
        return StepSampling.allowedBudget(plan)
                .map(allowed -> new Refusal(
                        "search.budget.probes", Integer.toString(plan.budget().probes()), "allowed: " + allowed));
    }
}
