package io.stepsampler.coordinator.teams;

import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.Leaving;
import io.stepsampler.coordinator.deployment.Limits;
import io.stepsampler.coordinator.deployment.Team;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The teams of this deployment, as they are now. */
@Singleton
public final class Teams {

    private static final double USUAL_WEIGHT = 1;

    private final KnownDeployment deployment;

    Teams(KnownDeployment deployment) {
        this.deployment = deployment;
    }

    public List<String> names() {
        return deployment.current().teamNames();
    }

    public boolean has(String team) {
        return find(team).isPresent();
    }

    public Optional<Team> find(String team) {
        return deployment.current().team(team);
    }

    /** Why nothing new may use the team, a sentence; empty where it stays. */
    public Optional<String> leaving(String team) {
        Declaration.Id id = new Declaration.Id(Declaration.Kind.TEAM, "", team);
        return deployment.fresh().isLeaving(id) ? Optional.of(Leaving.sentence(id)) : Optional.empty();
    }

    public Limits limits(String team) {
        return find(team).map(Team::limits).orElse(Limits.NONE);
    }

    /** A team that is gone has the usual weight until its searches are over. */
    public double weight(String team) {
        return find(team).map(Team::weight).orElse(USUAL_WEIGHT);
    }
}
