package io.stepsampler.coordinator.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
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
        PoolLoad load =
                new PoolLoad(1, List.of(), Map.of("busy", new Share(10, 1, true), "quiet", new Share(9, 1, true)), 1);

        assertThat(Admission.next(List.of(early, late), load)).contains(late);
    }

    @Test
    void whatATeamHasAskedForCountsForItsWeight() {
        Waiting light = waiting("light", 0);
        Waiting heavy = waiting("heavy", 1);
        PoolLoad load = new PoolLoad(
                100,
                List.of(new PoolLoad.Running("light", 6), new PoolLoad.Running("heavy", 10)),
                Map.of("light", new Share(0, 1, true), "heavy", new Share(0, 2, true)),
                3);

        assertThat(Admission.next(List.of(light, heavy), load)).contains(heavy);
    }

    @Test
    void aTeamThatRunsNothingAndIsOwedMostStartsWithoutRoom() {
        Map<String, Share> shares = Map.of("flood", new Share(50, 1, true), "late", new Share(50, 1, true));
        PoolLoad full = new PoolLoad(1, List.of(new PoolLoad.Running("flood", 4)), shares, 1);
        PoolLoad alsoLate =
                new PoolLoad(1, List.of(new PoolLoad.Running("flood", 4), new PoolLoad.Running("late", 1)), shares, 1);

        assertThat(Admission.next(List.of(waiting("late", 9)), full)).isPresent();
        assertThat(Admission.next(List.of(waiting("flood", 0)), full)).isEmpty();
        assertThat(Admission.next(List.of(waiting("late", 9)), alsoLate)).isEmpty();
    }

    @Test
    void aTeamThatRunsNothingStartsBesideOneThatIsOwedMoreAndAsksForNothing() {
        Map<String, Share> shares = Map.of(
                "flood", new Share(90, 1, true), "modest", new Share(10, 1, true), "late", new Share(50, 1, true));
        PoolLoad full = new PoolLoad(
                1, List.of(new PoolLoad.Running("flood", 4), new PoolLoad.Running("modest", 1)), shares, 1);
        Waiting late = waiting("late", 9);

        assertThat(Admission.next(List.of(waiting("flood", 0), late), full)).contains(late);
        assertThat(Admission.next(List.of(waiting("flood", 0), waiting("modest", 1), late), full))
                .isEmpty();
    }

    @Test
    void aTeamThatHasHadItsPartWaitsForRoom() {
        PoolLoad full = new PoolLoad(
                1,
                List.of(new PoolLoad.Running("poor", 4)),
                Map.of("poor", new Share(50, 1, true), "rich", new Share(60, 1, true)),
                1);

        assertThat(Admission.next(List.of(waiting("rich", 0)), full)).isEmpty();
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
        return new PoolLoad(
                slots,
                Stream.of(outstanding)
                        .map(probes -> new PoolLoad.Running("a", probes))
                        .toList(),
                Map.of("a", new Share(0, 1, true)),
                1);
    }
}
