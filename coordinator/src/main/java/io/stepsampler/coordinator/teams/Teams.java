package io.stepsampler.coordinator.teams;

import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The teams of this deployment. */
@Singleton
public final class Teams {

    private final List<String> names;

    Teams(@ConfigProperty(name = "stepsampler.teams") List<String> names) {
        this.names = List.copyOf(names);
    }

    public List<String> names() {
        return names;
    }

    public boolean has(String team) {
        return names.contains(team);
    }
}
