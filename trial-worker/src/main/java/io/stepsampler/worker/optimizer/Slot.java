package io.stepsampler.worker.optimizer;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What {@code torch.optim} remembers of a parameter in a tensor of the parameter's shape. */
enum Slot {
    MOMENTUM_BUFFER,
    EXP_AVG,
    EXP_AVG_SQ,
    SQUARE_AVG,
    GRAD_AVG,
    SUM;

    private static final Set<Slot> OF_SQUARES = EnumSet.of(EXP_AVG_SQ, SQUARE_AVG, SUM);

    /** As {@code torch.optim} calls it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Squares add up to no number below 0. */
    boolean isOfSquares() {
        return OF_SQUARES.contains(this);
    }
}
