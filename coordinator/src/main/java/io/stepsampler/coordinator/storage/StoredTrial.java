package io.stepsampler.coordinator.storage;

import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.TrialReference;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt at a probe ended.
 *
 * @param reusedFrom the earlier trial whose outcome it is; absent where it was run
 */
public record StoredTrial(
        UUID probeId,
        int attempt,
        String workerId,
        String device,
        Outcome outcome,
        int trainingSteps,
        double deviceSeconds,
        Instant endedAt,
        @Nullable TrialReference reusedFrom) {}
