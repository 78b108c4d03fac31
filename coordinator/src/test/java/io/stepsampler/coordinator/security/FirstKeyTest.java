package io.stepsampler.coordinator.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.identity.Credential;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.teams.DeclaredFiles;
import io.stepsampler.coordinator.teams.Teams;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.ApiKey;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What a first key opens, with replicas that have different ones. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class FirstKeyTest {

    @Inject
    Tokens thisReplica;

    @Inject
    Jdbi database;

    @Inject
    Teams teams;

    @Inject
    DeclaredFiles files;

    private record Settings(Optional<String> firstKey, Optional<String> firstTeam, Map<String, Issuer> issuers)
            implements IdentitySettings {}

    @Test
    void aFirstKeyOpensTheReplicasThatHaveItInWhateverOrderTheyStart() {
        ApiKey latter = ApiKey.generate(new SecureRandom());
        Tokens otherReplica = replica(latter);
        otherReplica.start(new StartupEvent());

        assertThat(otherReplica.authenticate(latter.text()))
                .isEqualTo(new Authentication.Accepted(
                        new Caller("key " + latter.keyId() + " (first)", "vision", Role.PLATFORM_ADMIN),
                        new Credential.FirstKey()));
        assertThat(otherReplica.authenticate(ServiceStack.FIRST_KEY)).isInstanceOf(Authentication.Refused.class);
        assertThat(thisReplica.authenticate(ServiceStack.FIRST_KEY)).isInstanceOf(Authentication.Accepted.class);
        assertThat(thisReplica.authenticate(latter.text())).isInstanceOf(Authentication.Refused.class);
    }

    @Test
    void theIdOfAFirstKeyOpensNothingWithoutItsSecret() {
        ApiKey first = ApiKey.parse(ServiceStack.FIRST_KEY).orElseThrow();
        ApiKey guessed =
                new ApiKey(first.keyId(), ApiKey.generate(new SecureRandom()).secret());

        assertThat(thisReplica.authenticate(guessed.text())).isInstanceOf(Authentication.Refused.class);
    }

    @Test
    void aReplicaWithoutAFirstKeyNeedsNoFirstTeam() {
        Settings none = new Settings(Optional.empty(), Optional.empty(), Map.of());
        Tokens replica = new Tokens(database, none, teams, files, Optional.empty());

        assertThatNoException().isThrownBy(() -> replica.start(new StartupEvent()));
    }

    private Tokens replica(ApiKey firstKey) {
        return new Tokens(
                database,
                new Settings(Optional.of(firstKey.text()), Optional.of("vision"), Map.of()),
                teams,
                files,
                Optional.empty());
    }
}
