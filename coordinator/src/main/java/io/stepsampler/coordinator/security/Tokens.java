package io.stepsampler.coordinator.security;

import com.nimbusds.jwt.SignedJWT;
import io.quarkus.runtime.StartupEvent;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.identity.Credential;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.storage.ApiKeyStore;
import io.stepsampler.coordinator.teams.DeclaredFiles;
import io.stepsampler.coordinator.teams.Teams;
import io.stepsampler.messages.ApiKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.MessageDigest;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whose bearer token it is: an API key of this service, or a token of one of its issuers. */
@ApplicationScoped
class Tokens {

    private static final String ANY =
            "the bearer token is neither an API key of this service (stps_…) nor a token of one of its issuers";

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    private final Jdbi database;
    private final Teams teams;
    private final DeclaredFiles files;
    private final List<TokenIssuer> issuers;
    private final Optional<ApiKey> firstKey;
    private final String firstTeam;

    Tokens(
            Jdbi database,
            IdentitySettings settings,
            Teams teams,
            DeclaredFiles files,
            @ConfigProperty(name = "stepsampler.teams") Optional<List<String>> named) {
        this.database = database;
        this.teams = teams;
        this.files = files;
        this.issuers = settings.issuers().entrySet().stream()
                .map(issuer -> new TokenIssuer(issuer.getKey(), issuer.getValue(), teams))
                .toList();
        this.firstKey = settings.firstKey().map(Tokens::firstKey);
        this.firstTeam = settings.firstTeam()
                .or(() -> named.flatMap(names -> names.stream().findFirst()))
                .orElse("missing");
    }

    private static ApiKey firstKey(String text) {
        return ApiKey.parse(text.strip())
                .orElseThrow(() -> new IllegalArgumentException("stepsampler.identity.first-key is no API key; must be"
                        + " stps_, 10 lower case letters or digits, _, and 43 letters or digits"));
    }

    /** Made at the start, so that settings that cannot be are refused then. */
    void start(@Observes StartupEvent event) {
        firstKey.ifPresent(this::start);
    }

    private void start(ApiKey key) {
        if (!teams.has(firstTeam)) {
            throw new IllegalArgumentException(
                    files.faults().isEmpty()
                            ? "stepsampler.identity.first-team is " + firstTeam + "; allowed: "
                                    + String.join(", ", teams.names())
                            : "there is no team " + firstTeam + " for the first key, as declarations cannot be taken: "
                                    + String.join("; ", files.faults()));
        }
        LOG.info("the first key, {}, opens this replica for the team {}", key.keyId(), firstTeam);
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
        return ApiKey.parse(text)
                .flatMap(this::accepted)
                .<Authentication>map(accepted -> accepted)
                .orElseGet(() -> new Authentication.Refused("the API key is unknown, expired or revoked"));
    }

    private Optional<Authentication.Accepted> accepted(ApiKey key) {
        if (isFirst(key)) {
            Caller caller = new Caller("key " + key.keyId() + " (first)", firstTeam, Role.PLATFORM_ADMIN);
            return Optional.of(new Authentication.Accepted(caller, new Credential.FirstKey()));
        }
        return database.withHandle(handle -> ApiKeyStore.valid(handle, key))
                .filter(stored -> teams.has(stored.team()))
                .map(stored -> new Authentication.Accepted(stored.caller(), new Credential.StoredKey(stored.keyId())));
    }

    /**
     * The first key is in the settings and nowhere else, so that replicas which are started with different ones, in
     * whatever order, take none from each other.
     */
    private boolean isFirst(ApiKey key) {
        return firstKey.filter(first -> first.keyId().equals(key.keyId()))
                .filter(first -> MessageDigest.isEqual(first.digest(), key.digest()))
                .isPresent();
    }
}
