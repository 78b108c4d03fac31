package io.stepsampler.worker.training;

import io.stepsampler.worker.optimizer.Gradients;

/** A batch's loss, and the gradients of it. */
record BackwardPass(double loss, Gradients gradients) {

    /** Of two parts of a batch, each weighed by its share in it. */
    BackwardPass plus(BackwardPass other) {
        return new BackwardPass(loss + other.loss, gradients.plus(other.gradients));
    }
}
