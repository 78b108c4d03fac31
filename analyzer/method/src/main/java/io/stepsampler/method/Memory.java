package io.stepsampler.method;

import io.stepsampler.messages.Optimizer;
import java.util.Optional;

/**
 * How long an optimizer remembers a gradient: 1 / (1 - b) steps, b its momentum or beta1.
 *
 * @param startsSlowly whether it moves less at first: momentum does, Adam corrects for it
 */
record Memory(double decay, boolean startsSlowly) {

    private static final double ROUNDING_STEPS = 1e-9;

    Memory {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("a share of " + decay + " of the last step; it must be 0 to below 1");
        }
    }

    /** Absent for an optimizer that moves by the last gradient alone. */
    static Optional<Memory> of(Optimizer optimizer) {
        Optional<Memory> memory = Optional.empty();
        if (optimizer instanceof Optimizer.Sgd sgd) {
            memory = Optional.of(new Memory(sgd.momentum(), true));
        } else if (optimizer instanceof Optimizer.RmsProp rmsProp) {
            memory = Optional.of(new Memory(rmsProp.momentum(), true));
        } else if (optimizer instanceof Optimizer.Adam adam) {
            memory = Optional.of(new Memory(adam.betas().get(0), false));
        } else if (optimizer instanceof Optimizer.AdamW adamW) {
            memory = Optional.of(new Memory(adamW.betas().get(0), false));
        }
        return memory.filter(known -> known.decay() > 0);
    }

    /** The same where earlier steps have filled it: from the first step on it moves at full speed. */
    Memory filled() {
        return new Memory(decay, false);
    }

    double steps() {
        return 1 / (1 - decay);
    }

    boolean isLongerThan(int steps) {
        return steps < steps() - ROUNDING_STEPS;
    }

    /**
     * How much further, in decades, the same rate moves in the long run than in the first steps from rest: step k by rate
     * (1 - b^k) / (1 - b), in the long run by rate / (1 - b). It moves the lower end of a window.
     */
    double wayDecades(int steps) {
        return startsSlowly ? -StrictMath.log10(1 - decay * speed(steps) / (steps * (1 - decay))) : 0;
    }

    /** How much faster, in decades, it moves in the long run than at the last step. It moves the upper end of a window. */
    double speedDecades(int steps) {
        return startsSlowly ? -StrictMath.log10(speed(steps)) : 0;
    }

    private double speed(int steps) {
        return 1 - StrictMath.pow(decay, steps);
    }
}
