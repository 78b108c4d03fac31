package io.stepsampler.worker.network;

import java.util.OptionalInt;

/** How the numbers of a fresh tensor come about. */
sealed interface Draw {

    Draw ZEROS = new Constant(0);
    Draw ONES = new Constant(1);

    record Constant(float value) implements Draw {}

    /** @param zeroRow the row of a padding token, which stays zero */
    record Normal(double standardDeviation, OptionalInt zeroRow) implements Draw {

        static Normal of(double standardDeviation) {
            return new Normal(standardDeviation, OptionalInt.empty());
        }
    }

    /** From {@code -bound} to below {@code bound}. */
    record Uniform(double bound) implements Draw {}
}
