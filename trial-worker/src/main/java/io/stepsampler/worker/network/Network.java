package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;

/** A network with parameters of its own, made for one trial. */
public interface Network {

    /** Those that a gradient is taken for, in an order that is the same for every trial. */
    List<Parameter> parameters();

    /**
     * What the network answers, owned by the manager of {@code inputs}.
     *
     * @param inputs in order, and named where the data has names for them
     */
    NDArray forward(NDList inputs, Mode mode);

    /** After a step: the next one begins with none. The tensors of {@link #parameters()} may be others from then on. */
    default void forgetGradients() {
        for (Parameter parameter : parameters()) {
            JniUtils.zeroGrad((PtNDArray) parameter.array());
            parameter.tied().forEach(tied -> JniUtils.zeroGrad((PtNDArray) tied));
        }
    }

    /** Whether BatchNorm and dropout train. */
    enum Mode {
        TRAINING,
        EVALUATION
    }
}
