package io.stepsampler.coordinator.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.identity.Grant;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.teams.Teams;
import io.stepsampler.messages.json.MessageJson;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer whose tokens are accepted. Its keys are fetched when the first token comes, kept for some minutes and
 * fetched anew when a token names one that is not among them.
 */
final class TokenIssuer {

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int LARGEST_DOCUMENT_BYTES = 1 << 20;
    private static final long OUTAGE_TOLERANCE_MILLIS = 3_600_000;

    private static final Logger LOG = LoggerFactory.getLogger(TokenIssuer.class);

    private final String name;
    private final IdentitySettings.Issuer settings;
    private final List<Grant> grants;
    private final Teams teams;
    private @Nullable DefaultJWTProcessor<SecurityContext> processor;

    TokenIssuer(String name, IdentitySettings.Issuer settings, Teams teams) {
        this.name = name;
        this.settings = settings;
        this.grants = settings.grants().stream()
                .map(line -> new Grant(line.claim(), line.value(), line.team(), role(name, line.role())))
                .toList();
        this.teams = teams;
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
            claims = processor().process(token, null);
        } catch (BadJOSEException e) {
            return new Authentication.Refused("the token of issuer " + name + " is not valid: " + e.getMessage());
        } catch (JOSEException | IOException e) {
            LOG.warn("the keys of issuer {} cannot be had", name, e);
            return new Authentication.Refused("the keys of issuer " + name + " cannot be had now; try again later");
        }
        Optional<Grant> grant = grants.stream()
                .filter(candidate -> candidate.matches(claims.getClaims()) && teams.has(candidate.team()))
                .findFirst();
        return grant.<Authentication>map(found -> new Authentication.Accepted(
                        new Caller(name + " " + claims.getSubject(), found.team(), found.role())))
                .orElseGet(() -> new Authentication.Refused(
                        "no grant of issuer " + name + " fits the token's claims; ask who runs this service for one"));
    }

    private synchronized DefaultJWTProcessor<SecurityContext> processor() throws IOException {
        DefaultJWTProcessor<SecurityContext> known = processor;
        if (known == null) {
            known = new DefaultJWTProcessor<>();
            known.setJWSTypeVerifier(
                    new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
            known.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms(), keys()));
            known.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                    settings.audience(),
                    new JWTClaimsSet.Builder().issuer(settings.url().toString()).build(),
                    Set.of("sub", "exp")));
            processor = known;
        }
        return known;
    }

    /** With public keys alone: whoever can check a token must not be able to make one. */
    private static Set<JWSAlgorithm> algorithms() {
        Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.RSA);
        algorithms.addAll(JWSAlgorithm.Family.EC);
        return algorithms;
    }

    private JWKSource<SecurityContext> keys() throws IOException {
        DefaultResourceRetriever retriever =
                new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, LARGEST_DOCUMENT_BYTES);
        URL place = settings.keys().isPresent() ? url(settings.keys().get()) : discovered(retriever);
        return JWKSourceBuilder.create(place, retriever)
                .retrying(true)
                .outageTolerant(OUTAGE_TOLERANCE_MILLIS)
                .build();
    }

    private URL discovered(DefaultResourceRetriever retriever) throws IOException {
        String issuer = settings.url().toString().replaceAll("/+$", "");
        URL document = url(URI.create(issuer + "/.well-known/openid-configuration"));
        String keys = MessageJson.mapper()
                .readTree(retriever.retrieveResource(document).getContent())
                .path("jwks_uri")
                .asText();
        if (keys.isEmpty()) {
            throw new IOException(document + " names no jwks_uri");
        }
        return url(URI.create(keys));
    }

    private static URL url(URI address) throws IOException {
        try {
            return address.toURL();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new IOException(address + " is no address: " + e.getMessage(), e);
        }
    }
}
