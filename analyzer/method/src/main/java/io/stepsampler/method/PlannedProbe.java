package io.stepsampler.method;

import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.SearchPlan;

/** A trial that the search wants: rounded rate, seed and steps are what a worker needs to be told. */
public record PlannedProbe(int round, Purpose purpose, LearningRate rate, long seed, int steps) {

    public PlannedProbe {
        if (round < 0) {
            throw new IllegalArgumentException("round is " + round + "; rounds are counted from 0");
        }
        if (rate.isBaseline() != (purpose == Purpose.BASELINE)) {
            throw new IllegalArgumentException("learning rate " + rate.value() + " cannot serve as " + purpose);
        }
        if (steps < 1) {
            throw new IllegalArgumentException("steps is " + steps + "; a trial needs at least 1");
        }
    }

    public PlannedProbe(int round, Purpose purpose, double learningRate, long seed, int steps) {
        this(round, purpose, LearningRate.of(learningRate), seed, steps);
    }

    /** Why the rate is probed. A confirmation measures the recommended rate and leaves the curve as it is. */
    public enum Purpose {
        BASELINE,
        GRID,
        REFINEMENT,
        /** A rate of the curve again, with another seed. */
        REPEAT,
        /** More steps at a rate of the curve, to see whether the answer holds. */
        LENGTHENED,
        CONFIRMATION,
        /** A range test from the lowest coarse rate to the probe's own. */
        SWEEP
    }

    /** What the trial does with the rate. */
    public ProbeKind kind(SearchPlan plan) {
        return purpose == Purpose.SWEEP
                ? new ProbeKind.Sweep(LearningRate.of(plan.from()).value(), learningRate())
                : new ProbeKind.ConstantRate(learningRate());
    }

    public double learningRate() {
        return rate.value();
    }
}
