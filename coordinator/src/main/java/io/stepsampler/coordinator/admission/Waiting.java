package io.stepsampler.coordinator.admission;

import java.time.Instant;
import java.util.UUID;

/** A search that is queued. */
public record Waiting(UUID searchId, String team, Instant submittedAt) {}
