package io.stepsampler.coordinator.teams;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.DeclarationReading;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The teams and pools that the settings name: free to do all that the deployment can. */
@Singleton
class DeclaredSettings {

    private final List<String> teams;
    private final List<String> pools;

    DeclaredSettings(
            @ConfigProperty(name = "stepsampler.teams") Optional<List<String>> teams,
            @ConfigProperty(name = "stepsampler.pools") Optional<List<String>> pools) {
        this.teams = List.copyOf(teams.orElse(List.of()));
        this.pools = List.copyOf(pools.orElse(List.of()));
    }

    Map<Declaration.Id, ObjectNode> declared() {
        Map<Declaration.Id, ObjectNode> declared = new LinkedHashMap<>();
        teams.forEach(name -> add(declared, "stepsampler.teams", "team", name));
        pools.forEach(name -> add(declared, "stepsampler.pools", "pool", name));
        return declared;
    }

    private static void add(Map<Declaration.Id, ObjectNode> declared, String setting, String kind, String name) {
        DeclarationReading.Reading reading = DeclarationReading.read(
                JsonNodeFactory.instance.objectNode().put("kind", kind).put("name", name));
        if (reading instanceof DeclarationReading.Accepted accepted) {
            declared.put(accepted.declaration().id(), accepted.json());
        } else {
            throw new IllegalArgumentException(setting + ": "
                    + ((DeclarationReading.Refused) reading).refusals().get(0).sentence());
        }
    }
}
