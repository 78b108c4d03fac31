package io.stepsampler.coordinator.security;

import com.nimbusds.jwt.SignedJWT;
import io.quarkus.runtime.StartupEvent;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.storage.ApiKeyStore;
import io.stepsampler.coordinator.storage.StoredKey;
import io.stepsampler.coordinator.teams.Teams;
import io.stepsampler.messages.ApiKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Whose bearer token it is: an API key of this service, or a token of one of its issuers. */
@ApplicationScoped
class Tokens {

    private static final String ANY =
            "the bearer token is neither an API key of this service (stps_…) nor a token of one of its issuers";

    /** Who made the first key. */
    private static final String DEPLOYMENT = "the deployment";

    private final Jdbi database;
    private final Teams teams;
    private final List<TokenIssuer> issuers;
    private final Optional<ApiKey> firstKey;
    private final Optional<String> firstTeam;

    Tokens(Jdbi database, IdentitySettings settings, Teams teams) {
        this.database = database;
        this.teams = teams;
        this.issuers = settings.issuers().entrySet().stream()
                .map(issuer -> new TokenIssuer(issuer.getKey(), issuer.getValue(), teams))
                .toList();
        this.firstKey = settings.firstKey().map(Tokens::firstKey);
        this.firstTeam = settings.firstTeam();
    }

    private String firstTeam() {
        List<String> names = teams.names();
        String team = firstTeam.orElseGet(() -> names.isEmpty() ? "" : names.get(0));
        if (!names.contains(team)) {
            throw new IllegalArgumentException(
                    "stepsampler.identity.first-team is " + team + "; allowed: " + String.join(", ", names));
        }
        return team;
    }

    private static ApiKey firstKey(String text) {
        return ApiKey.parse(text.strip())
                .orElseThrow(() -> new IllegalArgumentException("stepsampler.identity.first-key is no API key; must be"
                        + " stps_, 10 lower case letters or digits, _, and 43 letters or digits"));
    }

    /** A first key that is no longer in the settings opens nothing. */
    void keepFirstKey(@Observes StartupEvent event) {
        database.useTransaction(transaction -> {
            ApiKeyStore.revokeAllBy(transaction, DEPLOYMENT);
            firstKey.ifPresent(key -> ApiKeyStore.insert(
                    transaction,
                    key,
                    new StoredKey(
                            key.keyId(),
                            "first",
                            firstTeam(),
                            Role.PLATFORM_ADMIN,
                            DEPLOYMENT,
                            Instant.now(),
                            null,
                            null)));
        });
    }

    Authentication authenticate(String token) {
        if (token.startsWith("stps_")) {
            return ofKey(token);
        }
        try {
            SignedJWT signed = SignedJWT.parse(token);
            String issuer = signed.getJWTClaimsSet().getIssuer();
            return issuers.stream()
                    .filter(candidate -> candidate.issued(issuer))
                    .findFirst()
                    .map(found -> found.authenticate(signed))
                    .orElseGet(() -> new Authentication.Refused("the token's issuer is none of this service's"));
        } catch (ParseException e) {
            return new Authentication.Refused(ANY);
        }
    }

    private Authentication ofKey(String text) {
        Optional<Caller> caller = ApiKey.parse(text)
                .flatMap(key -> database.withHandle(handle -> ApiKeyStore.valid(handle, key)))
                .filter(key -> teams.has(key.team()))
                .map(StoredKey::caller);
        return caller.<Authentication>map(Authentication.Accepted::new)
                .orElseGet(() -> new Authentication.Refused("the API key is unknown, expired or revoked"));
    }
}
