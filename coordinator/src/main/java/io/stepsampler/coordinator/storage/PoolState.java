package io.stepsampler.coordinator.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a pool is doing. It counts the searches of all teams, and names none.
 *
 * @param workers that have spoken lately
 * @param slots trials that they can run at once
 * @param busy trials that they run now
 * @param secondsPerProbe device-seconds that a trial took in the last hours; absent where none ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PoolState(
        String name,
        int workers,
        int slots,
        int busy,
        int searchesQueued,
        int searchesRunning,
        @Nullable Double secondsPerProbe) {}
