package io.stepsampler.coordinator.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How much a team may have at once; what is absent has no limit.
 *
 * @param searchesQueued that wait; another one is not taken in
 * @param searchesRunning at once; others wait
 * @param probesOutstanding that were sent and have not ended, at which no other search starts
 * @param deviceSecondsPerDay used since midnight (UTC), at which no other search starts
 * @param requestsPerSecond to each replica of the service
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Limits(
        @Nullable Integer searchesQueued,
        @Nullable Integer searchesRunning,
        @Nullable Integer probesOutstanding,
        @Nullable Double deviceSecondsPerDay,
        @Nullable Double requestsPerSecond) {

    public static final Limits NONE = new Limits(null, null, null, null, null);

    /** Whether one more search may start. */
    public boolean allowStart(TeamLoad load) {
        return isBelow(load.searchesRunning(), searchesRunning)
                && isBelow(load.probesOutstanding(), probesOutstanding)
                && isBelow(load.deviceSecondsToday(), deviceSecondsPerDay);
    }

    /** Whether one more search may wait. */
    public boolean allowQueued(int queued) {
        return isBelow(queued, searchesQueued);
    }

    private static boolean isBelow(double used, @Nullable Number limit) {
        return limit == null || used < limit.doubleValue();
    }
}
