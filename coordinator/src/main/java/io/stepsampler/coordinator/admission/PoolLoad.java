package io.stepsampler.coordinator.admission;

import java.util.List;
import java.util.Map;

/**
 * What a pool has to do.
 *
 * @param slotsAlive trials that its living workers can run at once
 * @param shares of each team that has searches
 * @param secondsPerProbe device-seconds that a trial takes in the mean
 */
public record PoolLoad(int slotsAlive, List<Running> running, Map<String, Share> shares, double secondsPerProbe) {

    public PoolLoad {
        running = List.copyOf(running);
        shares = Map.copyOf(shares);
    }

    public Share shareOf(String team) {
        Share share = shares.get(team);
        if (share == null) {
            throw new IllegalArgumentException("team " + team + " has searches and no share");
        }
        return share;
    }

    /** A search that runs. {@code outstanding}: probes that were sent and have not ended. */
    public record Running(String team, int outstanding) {}
}
