package io.stepsampler.coordinator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An issuer of tokens with a discovery document and a key, as OpenID Connect wants them. */
public final class TokenIssuerServer implements QuarkusTestResourceLifecycleManager {

    private static final ECKey KEY = key();
    private static final ECKey OTHER_KEY = key();
    private static volatile String issuer = "";

    private @Nullable HttpServer server;

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("key-1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    @Override
    public Map<String, String> start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server = started;
            issuer = "http://127.0.0.1:" + started.getAddress().getPort();
            serve(started, "/.well-known/openid-configuration", "{\"jwks_uri\": \"" + issuer + "/keys\"}");
            serve(started, "/keys", new JWKSet(KEY.toPublicJWK()).toString());
            started.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String settings = "stepsampler.identity.issuers.corp.";
        return Map.of(
                settings + "url", issuer,
                settings + "audience", "stepsampler",
                settings + "grants[0].claim", "/groups",
                settings + "grants[0].value", "ml-vision",
                settings + "grants[0].team", "vision",
                settings + "grants[0].role", "team-admin",
                settings + "grants[1].claim", "/kubernetes.io/namespace",
                settings + "grants[1].value", "local",
                settings + "grants[1].team", "local",
                settings + "grants[1].role", "member");
    }

    private static void serve(HttpServer server, String path, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    static String token(String audience, Duration validFor, Map<String, Object> claims) {
        return signed(KEY, audience, validFor, claims);
    }

    /** With a key that only claims to be the issuer's. */
    static String forged(String audience, Duration validFor, Map<String, Object> claims) {
        return signed(OTHER_KEY, audience, validFor, claims);
    }

    private static String signed(ECKey key, String audience, Duration validFor, Map<String, Object> claims) {
        JWTClaimsSet.Builder set = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .expirationTime(Date.from(Instant.now().plus(validFor)));
        claims.forEach(set::claim);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("key-1").build(), set.build());
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }
}
