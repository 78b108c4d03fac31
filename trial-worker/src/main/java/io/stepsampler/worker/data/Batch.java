package io.stepsampler.worker.data;

import ai.djl.ndarray.NDArray;

/** Inputs of the network and what it should answer, one row for each example. */
public record Batch(NDArray inputs, NDArray targets) {

    public long rows() {
        return inputs.getShape().get(0);
    }
}
