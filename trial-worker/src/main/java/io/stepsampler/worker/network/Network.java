package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;

/** A network with parameters of its own, made for one trial. */
public interface Network {

    /** The trainable parameters, in an order that is the same for every trial. */
    List<NDArray> parameters();

    /** What the network answers, owned by the manager of {@code inputs}. */
    NDList forward(NDArray inputs, Mode mode);

    /** Whether BatchNorm and dropout train. */
    enum Mode {
        TRAINING,
        EVALUATION
    }
}
