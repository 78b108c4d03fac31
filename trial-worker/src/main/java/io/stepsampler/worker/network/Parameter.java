package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * A trainable tensor of a network.
 *
 * @param name as the checkpoint has it
 * @param tied further tensors of the network with the same storage and a gradient of their own
 */
public record Parameter(String name, NDArray array, List<NDArray> tied) {

    public Parameter {
        tied = List.copyOf(tied);
    }

    public static Parameter of(String name, NDArray array) {
        return new Parameter(name, array, List.of());
    }
}
