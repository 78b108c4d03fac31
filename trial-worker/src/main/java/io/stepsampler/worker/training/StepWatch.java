package io.stepsampler.worker.training;

import java.util.function.DoubleSupplier;

/** Who looks on while a trial trains. */
@FunctionalInterface
interface StepWatch {

    StepWatch NOBODY = (step, loss, gradientNorm) -> {};

    /**
     * Before the parameters move.
     *
     * @param step counted from 1
     * @param gradientNorm of all gradients together, worked out only when asked
     */
    void stepped(int step, double loss, DoubleSupplier gradientNorm);
}
