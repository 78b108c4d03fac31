package io.stepsampler.coordinator.deployment;

/**
 * What a team has and uses now, in all pools.
 *
 * @param probesOutstanding that were sent and have not ended
 * @param deviceSecondsToday since midnight, UTC
 */
public record TeamLoad(int searchesQueued, int searchesRunning, int probesOutstanding, double deviceSecondsToday) {

    public static final TeamLoad NONE = new TeamLoad(0, 0, 0, 0);

    /** That wait or run. */
    public int searchesOpen() {
        return searchesQueued + searchesRunning;
    }
}
