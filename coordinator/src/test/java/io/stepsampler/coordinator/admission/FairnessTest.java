package io.stepsampler.coordinator.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A simulated pool under a long load: a queue that is served first come, first served, behind the admission. */
class FairnessTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void deviceSecondsFollowTheWeights(long seed) {
        SimulatedPool pool = new SimulatedPool(4, seed, Map.of("a", 1.0, "b", 2.0, "c", 4.0));
        pool.submit("a", 4000, 2.0);
        pool.submit("b", 4000, 0.5);
        pool.submit("c", 4000, 1.0);

        pool.runUntil(4_000);

        double all = pool.deviceSeconds("a") + pool.deviceSeconds("b") + pool.deviceSeconds("c");
        assertThat(pool.deviceSeconds("a") / all).isCloseTo(1 / 7.0, within(0.1 / 7));
        assertThat(pool.deviceSeconds("b") / all).isCloseTo(2 / 7.0, within(0.2 / 7));
        assertThat(pool.deviceSeconds("c") / all).isCloseTo(4 / 7.0, within(0.4 / 7));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aTeamThatComesLateWaitsForPublishedProbesAlone(long seed) {
        SimulatedPool pool = new SimulatedPool(4, seed, Map.of("flood", 1.0, "late", 1.0));
        pool.submit("flood", 10_000, 1.0);
        pool.runUntil(500);
        int published = pool.publishedProbes();

        pool.submit("late", 1, 1.0);
        pool.runUntilFirstProbeOf("late");

        assertThat(pool.probesServedBeforeFirstOf("late")).isLessThanOrEqualTo(published + 4);
    }

    /** The modest team's searches are short and one at a time, so that it runs something, and is owed more than all. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aTeamThatComesLateWaitsForPublishedProbesAloneBesideAModestOne(long seed) {
        SimulatedPool pool = new SimulatedPool(4, seed, Map.of("flood", 1.0, "modest", 1.0, "late", 1.0));
        pool.submit("flood", 10_000, 1.0);
        pool.keepOne("modest", 0.5);
        pool.runUntil(500);
        int published = pool.publishedProbes();

        pool.submit("late", 1, 1.0);
        pool.runUntilFirstProbeOf("late");

        assertThat(pool.probesServedBeforeFirstOf("late")).isLessThanOrEqualTo(published + 4);
    }

    @Test
    void aPauseEarnsNoClaim() {
        SimulatedPool pool = new SimulatedPool(4, 1, Map.of("steady", 1.0, "returning", 1.0));
        pool.submit("returning", 1, 1.0);
        pool.submit("steady", 10_000, 1.0);
        pool.runUntil(2_000);
        double steadyBefore = pool.deviceSeconds("steady");
        double returningBefore = pool.deviceSeconds("returning");

        pool.submit("returning", 10_000, 1.0);
        pool.runUntil(3_000);

        double steady = pool.deviceSeconds("steady") - steadyBefore;
        double returning = pool.deviceSeconds("returning") - returningBefore;
        assertThat(steady / (steady + returning)).isCloseTo(0.5, within(0.05));
    }

    /** One that is always there and asks for little is always the one that has used least. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aPauseEarnsNoClaimBesideATeamThatAsksForLittle(long seed) {
        SimulatedPool pool = new SimulatedPool(4, seed, Map.of("modest", 1.0, "steady", 1.0, "returning", 1.0));
        pool.keepOne("modest", 0.1);
        pool.submit("returning", 1, 1.0);
        pool.submit("steady", 10_000, 1.0);
        pool.runUntil(2_000);
        double steadyBefore = pool.deviceSeconds("steady");
        double returningBefore = pool.deviceSeconds("returning");

        pool.submit("returning", 10_000, 1.0);
        pool.runUntil(3_000);

        double steady = pool.deviceSeconds("steady") - steadyBefore;
        double returning = pool.deviceSeconds("returning") - returningBefore;
        assertThat(steady / (steady + returning)).isCloseTo(0.5, within(0.05));
    }

    @Test
    void withoutWorkersNothingIsLostWhenTheyCome() {
        SimulatedPool pool = new SimulatedPool(0, 1, Map.of("a", 1.0));
        pool.submit("a", 5, 1.0);
        pool.runUntil(100);
        assertThat(pool.publishedProbes()).isEqualTo(1);

        pool.setSlots(2);
        pool.runUntil(1_000);

        assertThat(pool.waiting()).isEmpty();
    }
}
