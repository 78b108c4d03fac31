package io.stepsampler.method;

import io.stepsampler.messages.TrialEvent.Conditions;
import org.jspecify.annotations.Nullable;

/**
 * What a search's trials have told of the inputs of its next probe, under the names of {@link Conditions}: an earlier
 * trial with others is of no use to it. Absent is what is not told yet; another seed or number of steps takes other
 * batches of the same checkpoint.
 */
public record KnownDigests(
        @Nullable String checkpointDigest,
        @Nullable String configurationDigest,
        @Nullable String batchesDigest,
        @Nullable String validationDigest) {

    public static final KnownDigests NONE = new KnownDigests(null, null, null, null);

    /** @param told the conditions of a trial of the same search, of this probe */
    public static KnownDigests of(PlannedProbe wanted, PlannedProbe probe, Conditions told) {
        boolean asLong = wanted.seed() == probe.seed() && wanted.steps() == probe.steps();
        return new KnownDigests(
                told.checkpointDigest(),
                told.configurationDigest(),
                asLong ? told.batchesDigest() : null,
                asLong ? told.validationDigest() : null);
    }

    public boolean tellsCheckpoint() {
        return checkpointDigest != null;
    }

    public boolean tellsBatches() {
        return batchesDigest != null;
    }
}
