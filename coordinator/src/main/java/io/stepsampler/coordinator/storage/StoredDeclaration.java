package io.stepsampler.coordinator.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.coordinator.deployment.Declaration;
import io.stepsampler.coordinator.deployment.DeclarationReading;
import java.time.Instant;

/** {@code document}: the declaration with every default. */
public record StoredDeclaration(
        Declaration.Id id, ObjectNode document, DeclarationStore.Owner owner, Instant changedAt) {

    public Declaration declaration() {
        return DeclarationReading.declaration(document);
    }
}
