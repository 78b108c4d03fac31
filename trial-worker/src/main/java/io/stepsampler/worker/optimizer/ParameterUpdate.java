package io.stepsampler.worker.optimizer;

import ai.djl.ndarray.NDArray;

/** Moves one parameter step by step, and holds what the optimizer remembers of it. */
public interface ParameterUpdate {

    /**
     * @param parameter changed in place; what is computed on the way belongs to its manager
     * @param gradient of this step; may be changed
     * @param learningRate of this step
     */
    void apply(NDArray parameter, NDArray gradient, double learningRate);
}
