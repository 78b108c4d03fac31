package io.stepsampler.coordinator.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.coordinator.identity.Credential;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.storage.ApiKeyStore;
import io.stepsampler.coordinator.storage.StoredKey;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.ApiKey;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What still holds of what callers have shown. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class CredentialsTest {

    @Inject
    Credentials credentials;

    @Inject
    Jdbi database;

    @Test
    void aKeyHoldsUntilItIsRevokedOrExpires() {
        Credential kept = key("vision", null);
        Credential.StoredKey revoked = key("vision", null);
        Credential expired = key("vision", Instant.now().minusSeconds(1));
        Credential ofNoTeam = key("disbanded", null);
        database.useTransaction(transaction -> ApiKeyStore.revoke(transaction, revoked.keyId()));

        assertThat(credentials.holding(List.of(kept, revoked, expired, ofNoTeam)))
                .containsExactly(kept);
    }

    @Test
    void aTokenHoldsUntilItExpires() {
        Credential valid = new Credential.Token(Instant.now().plusSeconds(600));
        Credential expired = new Credential.Token(Instant.now().minusSeconds(1));

        assertThat(credentials.holding(List.of(valid, expired))).containsExactly(valid);
    }

    @Test
    void theFirstKeyHoldsAsLongAsTheReplicaThatHasIt() {
        Credential first = new Credential.FirstKey();

        assertThat(credentials.holding(List.of(first))).containsExactly(first);
    }

    private Credential.StoredKey key(String team, @Nullable Instant expiresAt) {
        ApiKey key = ApiKey.generate(new SecureRandom());
        database.useTransaction(transaction -> ApiKeyStore.insert(
                transaction,
                key,
                new StoredKey(key.keyId(), "test", team, Role.VIEWER, "test", Instant.now(), expiresAt, null)));
        return new Credential.StoredKey(key.keyId());
    }
}
