package io.stepsampler.coordinator.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.identity.Credential;
import io.stepsampler.coordinator.identity.Grant;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.teams.Teams;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An issuer whose tokens are accepted. */
final class TokenIssuer {

    private final String name;
    private final IdentitySettings.Issuer settings;
    private final List<Grant> grants;
    private final Teams teams;
    private final DefaultJWTProcessor<SecurityContext> processor;

    TokenIssuer(String name, IdentitySettings.Issuer settings, Teams teams) {
        this.name = name;
        this.settings = settings;
        this.grants = settings.grants().stream()
                .map(line -> new Grant(line.claim(), line.value(), line.team(), role(name, line.role())))
                .toList();
        this.teams = teams;
        IssuerKeys.Fetch published = new PublishedKeys(settings.url(), settings.keys());
        this.processor = processor(settings, new IssuerKeys(name, published, InstantSource.system()));
    }

    private static Role role(String issuer, String label) {
        return Role.of(label)
                .orElseThrow(() -> new IllegalArgumentException("stepsampler.identity.issuers." + issuer
                        + " has a grant whose role is " + label
                        + "; allowed: " + String.join(", ", Role.PLATFORM_ADMIN.included())));
    }

    boolean issued(String issuer) {
        return settings.url().toString().equals(issuer);
    }

    Authentication authenticate(SignedJWT token) {
        JWTClaimsSet claims;
        try {
            claims = processor.process(token, null);
        } catch (KeySourceException e) {
            return new Authentication.Unknown("the keys of issuer " + name + " cannot be had now; try again later");
        } catch (BadJOSEException | JOSEException e) {
            return new Authentication.Refused("the token of issuer " + name + " is not valid: " + e.getMessage());
        }
        return grants.stream()
                .filter(candidate -> candidate.matches(claims.getClaims()))
                .findFirst()
                .map(grant -> authenticate(claims, grant))
                .orElseGet(() -> new Authentication.Refused(
                        "no grant of issuer " + name + " fits the token's claims; ask who runs this service for one"));
    }

    /** A grant for a team that is gone lets nobody through, rather than to what a later one gives. */
    private Authentication authenticate(JWTClaimsSet claims, Grant grant) {
        return teams.has(grant.team())
                ? new Authentication.Accepted(
                        new Caller(name + " " + claims.getSubject(), grant.team(), grant.role()), credential(claims))
                : new Authentication.Refused(
                        "the grant of issuer " + name + " that fits the token's claims is for team " + grant.team()
                                + ", which is not there; ask who runs this service");
    }

    /** A token is accepted for a while after its end, as clocks differ. */
    private static Credential credential(JWTClaimsSet claims) {
        return new Credential.Token(claims.getExpirationTime()
                .toInstant()
                .plusSeconds(DefaultJWTClaimsVerifier.DEFAULT_MAX_CLOCK_SKEW_SECONDS));
    }

    private static DefaultJWTProcessor<SecurityContext> processor(IdentitySettings.Issuer settings, IssuerKeys keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms(), keys));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                settings.audience(),
                new JWTClaimsSet.Builder().issuer(settings.url().toString()).build(),
                Set.of("sub", "exp")));
        return processor;
    }

    /** With public keys alone: whoever can check a token must not be able to make one. */
    private static Set<JWSAlgorithm> algorithms() {
        Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.RSA);
        algorithms.addAll(JWSAlgorithm.Family.EC);
        return algorithms;
    }
}
