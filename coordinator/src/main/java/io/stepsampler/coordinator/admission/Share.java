package io.stepsampler.coordinator.admission;

import java.util.HashMap;
import java.util.Map;

/**
 * A team's part of a pool.
 *
 * <p>Start-time fair queueing: who comes back after a pause starts where the pool is, so that a pause earns no claim to
 * make up for it later, at the cost of those who worked meanwhile. Where the pool is, its virtual time, is what the team
 * had used whose search started last, and never falls: a team that is always there and asks for little would hold it
 * back, were it what the least busy has used. P. Goyal, H. M. Vin and H. Cheng, "Start-time Fair Queueing", 1996. What is
 * only asked for, and estimated, is not part of it, as it cannot be taken back.
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

    /** Of the pool, when a search of this team starts. */
    public double virtualTimeAfter(double former) {
        return Math.max(former, used);
    }

    /**
     * @param known of every team that has used the pool
     * @param busy teams that have searches now, each with its weight
     * @param virtualTime of the pool
     */
    public static Map<String, Share> awake(Map<String, Share> known, Map<String, Double> busy, double virtualTime) {
        double least = known.values().stream()
                .filter(Share::active)
                .mapToDouble(Share::used)
                .min()
                .orElse(0);
        // those who are there may have used much since the last search started
        double start = Math.max(least, virtualTime);
        Map<String, Share> shares = new HashMap<>();
        known.forEach((team, share) -> shares.put(team, new Share(share.used(), share.weight(), false)));
        busy.forEach((team, weight) -> {
            Share share = known.getOrDefault(team, new Share(0, weight, false));
            double used = share.active() ? share.used() : Math.max(share.used(), start);
            shares.put(team, new Share(used, weight, true));
        });
        return shares;
    }
}
