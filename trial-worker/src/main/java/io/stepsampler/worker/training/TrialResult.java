package io.stepsampler.worker.training;

import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.messages.TrialEvent.Cost;
import io.stepsampler.messages.TrialReference;
import org.jspecify.annotations.Nullable;

/**
 * How a trial ended, what it took, and under which conditions.
 *
 * @param reusedFrom the earlier trial whose outcome it is; absent where it was run
 */
public record TrialResult(
        Outcome outcome,
        Cost cost,
        Conditions conditions,
        @Nullable TrialReference reusedFrom) {}
