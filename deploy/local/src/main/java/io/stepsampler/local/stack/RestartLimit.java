package io.stepsampler.local.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How soon a child that died is started again, and when that is no longer worth trying. */
final class RestartLimit {

    static final int RESTARTS = 4;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final Duration FIRST_DELAY = Duration.ofMillis(250);

    private final Deque<Instant> deaths = new ArrayDeque<>();

    /** The delay before the next start, or nothing after too many deaths within the window. */
    Optional<Duration> afterDeath(Instant now) {
        while (!deaths.isEmpty() && deaths.getFirst().isBefore(now.minus(WINDOW))) {
            deaths.removeFirst();
        }
        deaths.addLast(now);
        if (deaths.size() > RESTARTS) {
            return Optional.empty();
        }
        return Optional.of(FIRST_DELAY.multipliedBy(1L << (deaths.size() - 1)));
    }
}
