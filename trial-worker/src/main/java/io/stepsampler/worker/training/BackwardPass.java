package io.stepsampler.worker.training;

import io.stepsampler.worker.optimizer.Gradients;

/** A batch's loss, and the gradients of it. */
record BackwardPass(double loss, Gradients gradients) {}
