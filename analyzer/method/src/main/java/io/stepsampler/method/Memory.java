package io.stepsampler.method;

import io.stepsampler.messages.Optimizer;
import java.util.Optional;

/**
 * How long an optimizer remembers a gradient: 1 / (1 - b) steps, b its momentum or beta1.
 *
 * @param missing the share of its full speed that it lacks before the first step: all of it for momentum from rest, none
 *     for Adam, which corrects for it
 */
record Memory(double decay, double missing) {

    private static final double ROUNDING_STEPS = 1e-9;

    Memory {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("a share of " + decay + " of the last step; it must be 0 to below 1");
        }
        if (!(missing >= 0 && missing <= 1)) {
            throw new IllegalArgumentException("a missing share of " + missing + " of the speed; it must be 0 to 1");
        }
    }

    static Memory fromRest(double momentum) {
        return new Memory(momentum, 1);
    }

    /** Absent for an optimizer that moves by the last gradient alone. */
    static Optional<Memory> of(Optimizer optimizer) {
        Optional<Memory> memory = Optional.empty();
        if (optimizer instanceof Optimizer.Sgd sgd) {
            memory = Optional.of(fromRest(sgd.momentum()));
        } else if (optimizer instanceof Optimizer.RmsProp rmsProp) {
            memory = Optional.of(fromRest(rmsProp.momentum()));
        } else if (optimizer instanceof Optimizer.Adam adam) {
            memory = Optional.of(new Memory(adam.betas().get(0), 0));
        } else if (optimizer instanceof Optimizer.AdamW adamW) {
            memory = Optional.of(new Memory(adamW.betas().get(0), 0));
        }
        return memory.filter(known -> known.decay() > 0);
    }

    /** The same where earlier steps have filled it: from the first step on it moves at full speed. */
    Memory filled() {
        return new Memory(decay, 0);
    }

    /** The same where it has so many steps behind it. */
    Memory after(long steps) {
        return new Memory(decay, missing * StrictMath.pow(decay, (double) steps));
    }

    double steps() {
        return 1 / (1 - decay);
    }

    boolean isLongerThan(int steps) {
        return steps < steps() - ROUNDING_STEPS;
    }

    /**
     * How much further, in decades, the same rate moves in the long run than in the first steps: step k by rate
     * (1 - m b^k) / (1 - b), m what is missing before them, in the long run by rate / (1 - b). It moves the lower end of a
     * window.
     */
    double wayDecades(int steps) {
        double faded = 1 - StrictMath.pow(decay, steps);
        return -StrictMath.log10(1 - missing * decay * faded / (steps * (1 - decay)));
    }

    /** How much faster, in decades, it moves in the long run than at the last step. It moves the upper end of a window. */
    double speedDecades(int steps) {
        return -StrictMath.log10(1 - missing * StrictMath.pow(decay, steps));
    }
}
