package io.stepsampler.coordinator.security;

import io.stepsampler.coordinator.identity.Credential;
import io.stepsampler.coordinator.storage.ApiKeyStore;
import io.stepsampler.coordinator.storage.StoredKey;
import io.stepsampler.coordinator.teams.Teams;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** Whether what callers have shown still holds: for answers that last longer than a request does. */
@ApplicationScoped
public class Credentials {

    private final Jdbi database;
    private final Teams teams;

    Credentials(Jdbi database, Teams teams) {
        this.database = database;
        this.teams = teams;
    }

    /** Those that would be accepted again. */
    public Set<Credential> holding(Collection<Credential> shown) {
        List<String> keyIds = shown.stream()
                .filter(Credential.StoredKey.class::isInstance)
                .map(credential -> ((Credential.StoredKey) credential).keyId())
                .toList();
        Set<String> validKeys = database.withHandle(handle -> ApiKeyStore.valid(handle, keyIds)).stream()
                .filter(key -> teams.has(key.team()))
                .map(StoredKey::keyId)
                .collect(Collectors.toSet());
        Instant now = Instant.now();
        return shown.stream()
                .filter(credential -> holds(credential, validKeys, now))
                .collect(Collectors.toSet());
    }

    private static boolean holds(Credential credential, Set<String> validKeys, Instant now) {
        if (credential instanceof Credential.StoredKey key) {
            return validKeys.contains(key.keyId());
        }
        return !(credential instanceof Credential.Token token) || now.isBefore(token.expiresAt());
    }
}
