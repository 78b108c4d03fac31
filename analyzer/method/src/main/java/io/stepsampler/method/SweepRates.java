package io.stepsampler.method;

import io.stepsampler.messages.ProbeKind.Sweep;

/** The rates of a range test: they rise by the same factor at every step (Smith 2015; geometrically, as fastai does). */
public final class SweepRates {

    /** As many as fastai's finder takes. */
    static final int STEPS = 100;

    private SweepRates() {}

    /**
     * @param step counted from 1
     * @param steps of the whole sweep
     */
    public static double at(Sweep sweep, int step, int steps) {
        return sweep.from() * StrictMath.pow(sweep.to() / sweep.from(), (step - 1) / (double) Math.max(1, steps - 1));
    }
}
