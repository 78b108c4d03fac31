package io.stepsampler.coordinator.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of an issuer. They are fetched when a token comes and they are some minutes old, or it names one that is not
 * among them: by the one request that finds this so, and not again for a while, whatever comes and however it ended. So
 * nobody can make this service ask without end, and an issuer that is away holds up one request, and others for a second
 * that name a key which is not known.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {

    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Duration FRESH = Duration.ofMinutes(5);

    /** While the issuer is away. */
    private static final Duration USABLE = Duration.ofHours(1);

    /** For keys that another request fetches. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private final String issuer;
    private final Fetch fetch;
    private final InstantSource clock;
    private final AtomicReference<Turn> lastTurn = new AtomicReference<>(new Turn(Instant.MIN, new CountDownLatch(0)));
    private volatile @Nullable Known known;

    IssuerKeys(String issuer, Fetch fetch, InstantSource clock) {
        this.issuer = issuer;
        this.fetch = fetch;
        this.clock = clock;
    }

    /** Where keys come from. */
    interface Fetch {

        JWKSet keys() throws IOException;
    }

    private record Known(JWKSet keys, Instant since) {}

    /** Of one request, to fetch the keys. */
    private record Turn(Instant begunAt, CountDownLatch over) {}

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext none) throws KeySourceException {
        List<JWK> found = notOlderThan(FRESH).map(selector::select).orElse(List.of());
        if (!found.isEmpty()) {
            return found;
        }
        fetchOrWait();
        // before the keys are looked at, or they could come between
        boolean isBeingFetched = turn().over().getCount() > 0;
        return notOlderThan(USABLE)
                .map(selector::select)
                .filter(known -> !known.isEmpty() || !isBeingFetched)
                .orElseThrow(() -> new JWKSetUnavailableException("the keys of issuer " + issuer + " cannot be had"));
    }

    private Turn turn() {
        return Objects.requireNonNull(lastTurn.get());
    }

    private Optional<JWKSet> notOlderThan(Duration age) {
        Known now = known;
        return now == null || now.since().plus(age).isBefore(clock.instant())
                ? Optional.empty()
                : Optional.of(now.keys());
    }

    private void fetchOrWait() {
        Turn former = turn();
        Turn mine = new Turn(clock.instant(), new CountDownLatch(1));
        boolean isMine = !mine.begunAt().isBefore(former.begunAt().plus(PAUSE)) && lastTurn.compareAndSet(former, mine);
        if (isMine) {
            fetch(mine);
        } else {
            await(turn());
        }
    }

    private void fetch(Turn mine) {
        try {
            known = new Known(fetch.keys(), mine.begunAt());
        } catch (IOException e) {
            LOG.warn("the keys of issuer {} cannot be had; next try after {}: {}", issuer, PAUSE, e.toString());
        } finally {
            mine.over().countDown();
        }
    }

    private static void await(Turn other) {
        try {
            other.over().await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
