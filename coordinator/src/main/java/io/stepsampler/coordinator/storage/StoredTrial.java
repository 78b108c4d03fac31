package io.stepsampler.coordinator.storage;

import io.stepsampler.messages.Outcome;
import java.time.Instant;
import java.util.UUID;

/** How one attempt at a probe ended. */
public record StoredTrial(
        UUID probeId,
        int attempt,
        String workerId,
        String device,
        Outcome outcome,
        int trainingSteps,
        double deviceSeconds,
        Instant endedAt) {}
