package io.stepsampler.coordinator.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void oneSearchMayAlwaysRunEvenWithoutAWorker() {
        Waiting search = waiting("a", 0);

        assertThat(Admission.next(List.of(search), load(0))).contains(search);
    }

    @Test
    void theWindowIsTwiceTheSlotsAlive() {
        List<Waiting> search = List.of(waiting("a", 0));

        assertThat(Admission.next(search, load(4, 5))).isEmpty();
        assertThat(Admission.next(search, load(5, 6))).isPresent();
    }

    @Test
    void aSearchBetweenTwoRoundsKeepsItsRoom() {
        List<Waiting> search = List.of(waiting("a", 0));

        assertThat(Admission.next(search, load(3, 0))).isEmpty();
        assertThat(Admission.next(search, load(4, 0))).isPresent();
    }

    @Test
    void theTeamThatUsedTheDeviceLeastGoesFirst() {
        Waiting early = waiting("busy", 0);
        Waiting late = waiting("quiet", 60);
        PoolLoad load = new PoolLoad(1, List.of(), Map.of("busy", 10.0, "quiet", 9.0));

        assertThat(Admission.next(List.of(early, late), load)).contains(late);
    }

    @Test
    void withinATeamTheOldestGoesFirst() {
        Waiting first = waiting("a", 0);

        assertThat(Admission.next(List.of(waiting("a", 1), first), load(1))).contains(first);
    }

    @Test
    void withNothingWaitingNothingStarts() {
        assertThat(Admission.next(List.of(), load(8))).isEqualTo(Optional.empty());
    }

    private static Waiting waiting(String team, int secondsAfterNoon) {
        return new Waiting(UUID.randomUUID(), team, NOON.plusSeconds(secondsAfterNoon));
    }

    private static PoolLoad load(int slots, Integer... outstanding) {
        return new PoolLoad(slots, List.of(outstanding), Map.of());
    }
}
