package io.stepsampler.worker.training;

import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.messages.TrialEvent.Cost;

/** How a trial ended, what it took, and under which conditions. */
public record TrialResult(Outcome outcome, Cost cost, Conditions conditions) {}
