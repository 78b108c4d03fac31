package io.stepsampler.coordinator.admission;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A team's part of a pool.
 *
 * <p>Start-time fair queueing: who comes back after a pause starts where the others are, so that a pause earns no claim
 * to make up for it later, at the cost of those who worked meanwhile. P. Goyal, H. M. Vin and H. Cheng, "Start-time Fair
 * Queueing", 1996.
 *
 * @param used device-seconds, each divided by the team's weight when it was used
 * @param weight a team with twice the weight gets twice the device, while both want it
 * @param active whether the team has searches that wait or run
 */
public record Share(double used, double weight, boolean active) {

    public Share {
        if (!(used >= 0) || !(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "used " + used + " with weight " + weight + "; must not be negative, and the weight above 0");
        }
    }

    /** Of a team that has never used the pool. */
    public static Share unused(double weight) {
        return new Share(0, weight, false);
    }

    /** @param busy teams that have searches now; each must be known */
    public static Map<String, Share> awake(Map<String, Share> known, Set<String> busy) {
        double least = known.values().stream()
                .filter(Share::active)
                .mapToDouble(Share::used)
                .min()
                .orElse(0);
        Map<String, Share> shares = new HashMap<>();
        known.forEach((team, share) -> {
            boolean returns = !share.active() && busy.contains(team);
            double used = returns ? Math.max(share.used(), least) : share.used();
            shares.put(team, new Share(used, share.weight(), busy.contains(team)));
        });
        return shares;
    }
}
