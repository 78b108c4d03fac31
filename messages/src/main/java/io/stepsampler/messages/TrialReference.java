package io.stepsampler.messages;

import java.util.UUID;

/** Which trial: that of a search's probe. */
public record TrialReference(UUID searchId, UUID probeId) {}
