package io.stepsampler.coordinator.admission;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which waiting search starts next, if any may. Kafka serves first come, first served, so fairness comes before it: a
 * pool's queue is kept just long enough to feed its workers, and room in it goes to the team that used the device least.
 *
 * <p>Room: the window is twice the slots alive, but always lets one search run. A running search counts as its
 * outstanding probes, and as four where it has fewer: between two rounds it has none, and will soon have some again.
 */
public final class Admission {

    private static final int PROBES_PER_SLOT = 2;
    private static final int LEAST_PROBES_OF_A_SEARCH = 4;

    private Admission() {}

    public static Optional<Waiting> next(Collection<Waiting> waiting, PoolLoad load) {
        if (!hasRoom(load)) {
            return Optional.empty();
        }
        return waiting.stream()
                .min(Comparator.<Waiting>comparingDouble(search -> load.deviceSecondsUsedBy(search.team()))
                        .thenComparing(Waiting::submittedAt)
                        .thenComparing(Waiting::searchId));
    }

    private static boolean hasRoom(PoolLoad load) {
        if (load.outstandingProbes().isEmpty()) {
            return true;
        }
        int queued = load.outstandingProbes().stream()
                .mapToInt(outstanding -> Math.max(outstanding, LEAST_PROBES_OF_A_SEARCH))
                .sum();
        return queued + LEAST_PROBES_OF_A_SEARCH <= PROBES_PER_SLOT * load.slotsAlive();
    }
}
