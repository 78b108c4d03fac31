package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;

/** A network as its checkpoint has it when a trial begins. Of one checkpoint there is one at a time. */
public interface Network {

    /** Those that a gradient is taken for, in an order that is the same for every trial. */
    List<Parameter> parameters();

    /**
     * What the network answers, owned by the manager of {@code inputs}.
     *
     * @param inputs in order, and named where the data has names for them
     */
    NDArray forward(NDList inputs, Mode mode);

    /** Whether BatchNorm and dropout train. */
    enum Mode {
        TRAINING,
        EVALUATION
    }
}
