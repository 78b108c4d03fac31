package io.stepsampler.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartLimitTest {

    private final RestartLimit limit = new RestartLimit();
    private final Instant start = Instant.EPOCH;

    @Test
    void eachDeathDoublesTheDelay() {
        assertThat(limit.afterDeath(start)).contains(Duration.ofMillis(250));
        assertThat(limit.afterDeath(start.plusSeconds(1))).contains(Duration.ofMillis(500));
        assertThat(limit.afterDeath(start.plusSeconds(2))).contains(Duration.ofSeconds(1));
    }

    @Test
    void tooManyDeathsWithinTheWindowEndTheAttempts() {
        for (int death = 0; death < RestartLimit.RESTARTS; death++) {
            assertThat(limit.afterDeath(start.plusSeconds(death))).isPresent();
        }
        assertThat(limit.afterDeath(start.plusSeconds(10))).isEmpty();
    }

    @Test
    void deathsLongAgoAreForgotten() {
        for (int death = 0; death < 10; death++) {
            assertThat(limit.afterDeath(
                            start.plus(RestartLimit.WINDOW.plusSeconds(1).multipliedBy(death))))
                    .contains(Duration.ofMillis(250));
        }
    }
}
