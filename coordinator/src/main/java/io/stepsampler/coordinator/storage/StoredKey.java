package io.stepsampler.coordinator.storage;

import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.identity.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An API key without its secret. {@code name}: what its maker calls it, such as {@code ci}. */
public record StoredKey(
        String keyId,
        String name,
        String team,
        Role role,
        String createdBy,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    public Caller caller() {
        return new Caller("key " + keyId + " (" + name + ")", team, role);
    }
}
