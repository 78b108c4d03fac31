package io.stepsampler.coordinator.admission;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which waiting search starts next, if any may. Kafka serves first come, first served, so fairness comes before it: a
 * pool's queue is kept just long enough to feed its workers, and room in it goes to the team that used the device least
 * for its weight, what it has asked for already included.
 *
 * <p>Room: the window is twice the slots alive, but always lets one search run. A running search counts as its
 * outstanding probes, and as four where it has fewer: between two rounds it has none, and will soon have some again.
 * Where there is no room, a team that runs nothing and is owed more than all that run and wait still starts one search: its
 * first probe waits for those that are published already, and not for all that follows from them.
 */
public final class Admission {

    private static final int PROBES_PER_SLOT = 2;
    private static final int LEAST_PROBES_OF_A_SEARCH = 4;

    private Admission() {}

    /** @param waiting the oldest of each team, at least */
    public static Optional<Waiting> next(Collection<Waiting> waiting, PoolLoad load) {
        boolean hasRoom = hasRoom(load);
        Set<String> teams = waiting.stream().map(Waiting::team).collect(Collectors.toSet());
        return waiting.stream()
                .filter(search -> hasRoom || mayPass(search.team(), teams, load))
                .min(Comparator.<Waiting>comparingDouble(search -> claimed(search.team(), load))
                        .thenComparing(Waiting::submittedAt)
                        .thenComparing(Waiting::searchId));
    }

    /**
     * A team with a search that runs and none that waits is owed much and asks for nothing: it must not keep a late one
     * out. Of those that ask, the one that is owed most passes, or all would run as much whatever their weights.
     */
    private static boolean mayPass(String team, Set<String> waiting, PoolLoad load) {
        double claimed = claimed(team, load);
        Set<String> running =
                load.running().stream().map(PoolLoad.Running::team).collect(Collectors.toSet());
        return !running.contains(team)
                && running.stream().anyMatch(other -> claimed < claimed(other, load))
                && running.stream().filter(waiting::contains).allMatch(other -> claimed < claimed(other, load));
    }

    private static boolean hasRoom(PoolLoad load) {
        if (load.running().isEmpty()) {
            return true;
        }
        int queued = load.running().stream().mapToInt(Admission::probes).sum();
        return queued + LEAST_PROBES_OF_A_SEARCH <= PROBES_PER_SLOT * load.slotsAlive();
    }

    /** What a team used, and what its running searches will use soon. */
    private static double claimed(String team, PoolLoad load) {
        Share share = load.shareOf(team);
        int asked = load.running().stream()
                .filter(running -> running.team().equals(team))
                .mapToInt(Admission::probes)
                .sum();
        return share.used() + asked * load.secondsPerProbe() / share.weight();
    }

    private static int probes(PoolLoad.Running running) {
        return Math.max(running.outstanding(), LEAST_PROBES_OF_A_SEARCH);
    }
}
