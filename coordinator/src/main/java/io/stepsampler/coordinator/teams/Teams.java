package io.stepsampler.coordinator.teams;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The teams of this deployment. */
@Singleton
public final class Teams {

    private static final double USUAL_WEIGHT = 1;

    private final List<String> names;
    private final TeamSettings settings;

    Teams(@ConfigProperty(name = "stepsampler.teams") List<String> names, TeamSettings settings) {
        this.names = List.copyOf(names);
        this.settings = settings;
        settings.byName().forEach((team, own) -> {
            if (!names.contains(team)) {
                throw new IllegalArgumentException("stepsampler.team." + team + " is set for no team; allowed: "
                        + String.join(", ", names) + ", as stepsampler.teams has them");
            }
            if (!(own.weight() > 0) || Double.isInfinite(own.weight())) {
                throw new IllegalArgumentException(
                        "stepsampler.team." + team + ".weight is " + own.weight() + "; must be above 0");
            }
        });
    }

    public List<String> names() {
        return names;
    }

    public boolean has(String team) {
        return names.contains(team);
    }

    public double weight(String team) {
        return Optional.ofNullable(settings.byName().get(team))
                .map(TeamSettings.Team::weight)
                .orElse(USUAL_WEIGHT);
    }
}
