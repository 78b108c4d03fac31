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
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An issuer of tokens with a discovery document and a key, as OpenID Connect wants them; and beside it {@link #AWAY one
 * that cannot be asked} and {@link #OTHER one whose discovery document is another's}.
 */
public final class TokenIssuerServer implements QuarkusTestResourceLifecycleManager {

    /** Where issuers are on this server. */
    static final String AWAY = "/away";

    static final String OTHER = "/other";

    private static final ECKey KEY = key("key-1");
    private static final ECKey OTHER_KEY = key("key-1");
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final AtomicInteger KEYS_SERVED = new AtomicInteger();

    private static volatile String issuer = "";

    private @Nullable HttpServer server;

    private static ECKey key(String name) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(name).generate();
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
            serve(started, DISCOVERY, 200, document(issuer));
            serve(started, "/keys", 200, new JWKSet(KEY.toPublicJWK()).toString());
            serve(started, AWAY + DISCOVERY, 503, "");
            serve(started, OTHER + DISCOVERY, 200, document(issuer));
            started.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> settings = new HashMap<>(issuer("corp", ""));
        settings.putAll(issuer("away", AWAY));
        settings.putAll(issuer("other", OTHER));
        return settings;
    }

    private static Map<String, String> issuer(String name, String place) {
        String settings = "stepsampler.identity.issuers." + name + ".";
        Map<String, String> all =
                new HashMap<>(Map.of(settings + "url", issuer + place, settings + "audience", "stepsampler"));
        all.putAll(grant(settings + "grants[0].", "/groups", "ml-vision", "vision", "team-admin"));
        all.putAll(grant(settings + "grants[1].", "/groups", "contractors", "long-gone", "viewer"));
        all.putAll(grant(settings + "grants[2].", "/kubernetes.io/namespace", "local", "local", "member"));
        return all;
    }

    private static Map<String, String> grant(String line, String claim, String value, String team, String role) {
        return Map.of(line + "claim", claim, line + "value", value, line + "team", team, line + "role", role);
    }

    private static String document(String named) {
        return "{\"issuer\": \"" + named + "\", \"jwks_uri\": \"" + issuer + "/keys\"}";
    }

    private static void serve(HttpServer server, String path, int status, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            if (path.equals("/keys")) {
                KEYS_SERVED.incrementAndGet();
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    /** How often the keys were asked for. */
    static int keysServed() {
        return KEYS_SERVED.get();
    }

    static String token(String audience, Duration validFor, Map<String, Object> claims) {
        return tokenOf("", audience, validFor, claims);
    }

    /** @param place of the issuer on this server */
    static String tokenOf(String place, String audience, Duration validFor, Map<String, Object> claims) {
        return signed(KEY, place, audience, validFor, claims);
    }

    /** With a key that only claims to be the issuer's. */
    static String forged(String audience, Duration validFor, Map<String, Object> claims) {
        return signed(OTHER_KEY, "", audience, validFor, claims);
    }

    /** With a key of which the issuer knows nothing. */
    static String ofUnknownKey(String key) {
        return signed(key(key), "", "stepsampler", Duration.ofHours(1), Map.of("sub", "eve", "groups", "ml-vision"));
    }

    private static String signed(
            ECKey key, String place, String audience, Duration validFor, Map<String, Object> claims) {
        JWTClaimsSet.Builder set = new JWTClaimsSet.Builder()
                .issuer(issuer + place)
                .audience(audience)
                .expirationTime(Date.from(Instant.now().plus(validFor)));
        claims.forEach(set::claim);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), set.build());
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
