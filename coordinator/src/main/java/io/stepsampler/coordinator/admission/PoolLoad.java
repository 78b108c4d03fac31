package io.stepsampler.coordinator.admission;

import java.util.List;
import java.util.Map;

/**
 * What a pool has to do.
 *
 * @param slotsAlive trials that its living workers can run at once
 * @param outstandingProbes of each running search
 * @param deviceSecondsUsed by each team; a team that is not in it has used none
 */
public record PoolLoad(int slotsAlive, List<Integer> outstandingProbes, Map<String, Double> deviceSecondsUsed) {

    public PoolLoad {
        outstandingProbes = List.copyOf(outstandingProbes);
        deviceSecondsUsed = Map.copyOf(deviceSecondsUsed);
    }

    double deviceSecondsUsedBy(String team) {
        return deviceSecondsUsed.getOrDefault(team, 0.0);
    }
}
