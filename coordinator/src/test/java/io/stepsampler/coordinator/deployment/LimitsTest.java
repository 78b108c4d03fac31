package io.stepsampler.coordinator.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void aTeamWithoutLimitsMayHaveAnything() {
        TeamLoad huge = new TeamLoad(1_000_000, 1_000_000, 1_000_000, 1e9);

        assertThat(Limits.NONE.allowStart(huge)).isTrue();
        assertThat(Limits.NONE.allowQueued(1_000_000)).isTrue();
    }

    @Test
    void eachLimitHoldsForItself() {
        assertThat(new Limits(null, 2, null, null, null).allowStart(new TeamLoad(9, 1, 99, 1e9)))
                .isTrue();
        assertThat(new Limits(null, 2, null, null, null).allowStart(new TeamLoad(0, 2, 0, 0)))
                .isFalse();
        assertThat(new Limits(null, null, 8, null, null).allowStart(new TeamLoad(9, 9, 7, 1e9)))
                .isTrue();
        assertThat(new Limits(null, null, 8, null, null).allowStart(new TeamLoad(0, 0, 8, 0)))
                .isFalse();
        assertThat(new Limits(null, null, null, 60.0, null).allowStart(new TeamLoad(9, 9, 9, 59.9)))
                .isTrue();
        assertThat(new Limits(null, null, null, 60.0, null).allowStart(new TeamLoad(0, 0, 0, 60)))
                .isFalse();
        assertThat(new Limits(3, null, null, null, null).allowQueued(2)).isTrue();
        assertThat(new Limits(3, null, null, null, null).allowQueued(3)).isFalse();
    }

    @Test
    void aTeamMaySendTheRequestsOfASecondAtOnceAndThenWaits() {
        RequestRate rate = new RequestRate();

        for (int request = 0; request < 5; request++) {
            assertThat(rate.take(5, 0)).isZero();
        }
        assertThat(rate.take(5, 0)).isEqualTo(0.2);
        assertThat(rate.take(5, SECOND / 5)).isZero();
        assertThat(rate.take(5, SECOND / 5)).isEqualTo(0.2);
    }

    @Test
    void aPauseSavesNoMoreThanTheRequestsOfASecond() {
        RequestRate rate = new RequestRate();
        rate.take(2, 0);

        assertThat(rate.take(2, 3600 * SECOND)).isZero();
        assertThat(rate.take(2, 3600 * SECOND)).isZero();
        assertThat(rate.take(2, 3600 * SECOND)).isEqualTo(0.5);
    }

    @Test
    void lessThanOneRequestASecondIsOneNowAndThen() {
        RequestRate rate = new RequestRate();

        assertThat(rate.take(0.1, 0)).isZero();
        assertThat(rate.take(0.1, 5 * SECOND)).isEqualTo(5);
        assertThat(rate.take(0.1, 11 * SECOND)).isZero();
    }
}
