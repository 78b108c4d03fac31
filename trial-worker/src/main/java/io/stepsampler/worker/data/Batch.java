package io.stepsampler.worker.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.jspecify.annotations.Nullable;

/**
 * Inputs of the network and what it should answer, one row for each example.
 *
 * @param inputs in the order of the network's arguments, or named after them
 * @param targets absent where the network itself answers with the loss
 * @param rows how many examples
 */
public record Batch(NDList inputs, @Nullable NDArray targets, int rows) {

    /** Of a network with one argument. */
    public static Batch of(NDArray input, NDArray targets) {
        return new Batch(
                new NDList(input), targets, Math.toIntExact(input.getShape().get(0)));
    }
}
