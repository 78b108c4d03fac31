package io.stepsampler.coordinator.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When keys are fetched, with a clock that is set by hand. */
class IssuerKeysTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private JWKSet published = keys("first");
    private boolean isAway;
    private int fetches;
    private final IssuerKeys keys = new IssuerKeys("corp", this::fetch, () -> now);

    private JWKSet fetch() throws IOException {
        fetches++;
        if (isAway) {
            throw new IOException("connection refused");
        }
        return published;
    }

    @Test
    void knownKeysServeForSomeMinutes() throws Exception {
        assertThat(found("first")).hasSize(1);
        now = now.plus(MINUTE);
        assertThat(found("first")).hasSize(1);
        assertThat(fetches).isEqualTo(1);

        now = now.plus(MINUTE.multipliedBy(5));
        assertThat(found("first")).hasSize(1);
        assertThat(fetches).isEqualTo(2);
    }

    @Test
    void aNewKeyIsFetchedWhenATokenNamesIt() throws Exception {
        assertThat(found("first")).hasSize(1);
        published = keys("second");
        now = now.plus(MINUTE);

        assertThat(found("second")).hasSize(1);
        assertThat(found("first")).isEmpty();
    }

    @Test
    void madeUpKeysAreFetchedOnceInAWhile() throws Exception {
        assertThat(found("first")).hasSize(1);
        for (int second = 0; second < 100; second++) {
            now = now.plusSeconds(1);
            assertThat(found("made-up-" + second)).isEmpty();
        }

        assertThat(fetches).isEqualTo(1 + 10);
    }

    @Test
    void anIssuerThatIsAwayIsAskedOnceInAWhile() throws Exception {
        isAway = true;
        for (int second = 0; second < 10; second++) {
            assertThatThrownBy(() -> found("first")).isInstanceOf(JWKSetUnavailableException.class);
            now = now.plusSeconds(1);
        }
        assertThat(fetches).isEqualTo(1);

        isAway = false;
        assertThat(found("first")).hasSize(1);
    }

    @Test
    void knownKeysServeForAnHourWhileTheIssuerIsAway() throws Exception {
        assertThat(found("first")).hasSize(1);
        isAway = true;
        now = now.plus(MINUTE.multipliedBy(59));
        assertThat(found("first")).hasSize(1);

        now = now.plus(MINUTE.multipliedBy(2));
        assertThatThrownBy(() -> found("first")).isInstanceOf(JWKSetUnavailableException.class);
    }

    @Test
    void nobodyWaitsForAnotherWhileKeysAreKnown() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        IssuerKeys slow = new IssuerKeys(
                "corp",
                () -> {
                    if (fetches++ > 0) {
                        asked.countDown();
                        await(answer);
                    }
                    return published;
                },
                () -> now);
        assertThat(found(slow, "first")).hasSize(1);
        now = now.plus(MINUTE);
        CompletableFuture<List<JWK>> madeUp = CompletableFuture.supplyAsync(() -> foundOrThrow(slow, "made-up"));
        await(asked);

        // in this thread: it would hang here
        assertThat(found(slow, "first")).hasSize(1);
        // it may be among those that are being fetched
        assertThatThrownBy(() -> found(slow, "made-up-too")).isInstanceOf(JWKSetUnavailableException.class);
        assertThat(madeUp).isNotDone();

        answer.countDown();
        assertThat(madeUp.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void theFirstKeysAreFetchedByOneForAll() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        IssuerKeys slow = new IssuerKeys(
                "corp",
                () -> {
                    fetches++;
                    asked.countDown();
                    await(answer);
                    return published;
                },
                () -> now);
        CompletableFuture<List<JWK>> one = CompletableFuture.supplyAsync(() -> foundOrThrow(slow, "first"));
        await(asked);
        // it gives up although the first is still asking
        assertThatThrownBy(() -> found(slow, "first")).isInstanceOf(JWKSetUnavailableException.class);

        answer.countDown();

        assertThat(one.get(10, TimeUnit.SECONDS)).hasSize(1);
        assertThat(found(slow, "first")).hasSize(1);
        assertThat(fetches).isEqualTo(1);
    }

    private List<JWK> found(String keyId) throws KeySourceException {
        return found(keys, keyId);
    }

    private static List<JWK> found(IssuerKeys keys, String keyId) throws KeySourceException {
        return keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(keyId).build()), null);
    }

    private static List<JWK> foundOrThrow(IssuerKeys keys, String keyId) {
        try {
            return found(keys, keyId);
        } catch (KeySourceException e) {
            throw new AssertionError(e);
        }
    }

    private static JWKSet keys(String keyId) {
        try {
            return new JWKSet(
                    new ECKeyGenerator(Curve.P_256).keyID(keyId).generate().toPublicJWK());
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
