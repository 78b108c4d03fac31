package io.stepsampler.coordinator.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.DeclarationReading;
import io.stepsampler.coordinator.deployment.Leaving;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A declaration in the database.
 *
 * @param document the declaration with every default
 * @param adopted whether callers made it, though the deployment's files own it now
 * @param leaving whether it is the deployment's and in none of its files any more
 */
public record StoredDeclaration(
        Declaration.Id id,
        ObjectNode document,
        DeclarationStore.Owner owner,
        boolean adopted,
        boolean leaving,
        Instant changedAt) {

    public Declaration declaration() {
        return DeclarationReading.declaration(document);
    }

    /** Those of them that are. */
    public static Leaving leaving(Collection<StoredDeclaration> stored) {
        return new Leaving(stored.stream()
                .filter(StoredDeclaration::leaving)
                .map(StoredDeclaration::id)
                .collect(Collectors.toSet()));
    }
}
