package io.stepsampler.coordinator.teams;

import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.storage.ApiKeyStore;
import io.stepsampler.coordinator.storage.AuditStore;
import io.stepsampler.coordinator.storage.StoredKey;
import io.stepsampler.messages.ApiKey;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** A team's API keys: made, listed, rotated, revoked. A secret leaves this service once, when its key is made. */
@Singleton
public final class ApiKeys {

    /** As far as the database can count. */
    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Jdbi database;
    private final KnownDeployment deployment;
    private final SecureRandom random = new SecureRandom();

    ApiKeys(Jdbi database, KnownDeployment deployment) {
        this.database = database;
        this.deployment = deployment;
    }

    /** {@code key}: with its secret. */
    public record Made(ApiKey key, StoredKey stored) {}

    /** Empty where the team is there no longer, or is going. */
    public Optional<Made> make(Caller caller, String team, String name, Role role, @Nullable Instant expiresAt) {
        return database.inTransaction(transaction -> {
            if (!deployment.holdsStaying(transaction, team)) {
                return Optional.empty();
            }
            Made made = make(transaction, caller, team, name, role, expiresAt);
            audit(transaction, caller, "create API key", made.stored());
            return Optional.of(made);
        });
    }

    /** In the order in which they were made; those revoked too. */
    public List<StoredKey> list(String team) {
        return database.withHandle(handle -> ApiKeyStore.ofTeam(handle, team));
    }

    /** Empty where the team has no such key. The same again changes nothing. */
    public Optional<StoredKey> revoke(Caller caller, String team, String keyId) {
        return database.inTransaction(transaction -> ApiKeyStore.find(transaction, team, keyId)
                .filter(stored -> mayChange(caller, stored))
                .map(stored -> {
                    if (stored.revokedAt() == null) {
                        ApiKeyStore.revoke(transaction, keyId);
                        audit(transaction, caller, "revoke API key", stored);
                    }
                    return ApiKeyStore.find(transaction, team, keyId).orElseThrow();
                }));
    }

    /**
     * A key in place of another, with the same name and role, that lasts as long from now on as the other one did from its
     * beginning; the other one lasts for a while, so that whoever holds it has the time to change. Empty where the team has
     * no such key, or it is revoked, expired or rotated already.
     */
    public Optional<Made> rotate(Caller caller, String team, String keyId, Duration overlap) {
        return database.inTransaction(transaction -> {
            // keys go with their team: none may come while it does
            if (deployment.held(transaction).team(team).isEmpty()) {
                return Optional.empty();
            }
            return ApiKeyStore.find(transaction, team, keyId)
                    .filter(stored -> mayChange(caller, stored) && ApiKeyStore.isInUse(transaction, keyId))
                    .map(stored -> {
                        Made made = make(transaction, caller, team, stored.name(), stored.role(), sameTerm(stored));
                        ApiKeyStore.rotated(transaction, keyId, overlap);
                        audit(transaction, caller, "rotate API key", stored);
                        return made;
                    });
        });
    }

    private static @Nullable Instant sameTerm(StoredKey former) {
        Instant end = former.expiresAt();
        if (end == null) {
            return null;
        }
        Instant later = Instant.now().plus(Duration.between(former.createdAt(), end));
        return later.isBefore(LATEST) ? later : LATEST;
    }

    /** A key cannot be changed by whom it could command. */
    private static boolean mayChange(Caller caller, StoredKey stored) {
        return caller.role().includes(stored.role());
    }

    private Made make(
            Handle transaction, Caller caller, String team, String name, Role role, @Nullable Instant expiresAt) {
        ApiKey key = ApiKey.generate(random);
        StoredKey wanted = new StoredKey(key.keyId(), name, team, role, caller.name(), Instant.now(), expiresAt, null);
        ApiKeyStore.insert(transaction, key, wanted);
        return new Made(key, ApiKeyStore.find(transaction, team, key.keyId()).orElseThrow());
    }

    private static void audit(Handle transaction, Caller caller, String action, StoredKey key) {
        AuditStore.add(transaction, caller, key.team(), action, key.keyId() + " (" + key.name() + ")");
    }
}
