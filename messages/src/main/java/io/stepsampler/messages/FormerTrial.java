package io.stepsampler.messages;

/**
 * A trial that ended before, of a probe that asked for the same. Where a worker finds the same conditions again, the
 * outcome is that of its probe too.
 *
 * @param conditions without what changes no number
 */
public record FormerTrial(TrialReference trial, TrialEvent.Conditions conditions, Outcome outcome) {}
