package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.stepsampler.worker.network.Parameter;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** Beneath DJL's own recorder, which refuses a step whose gradients are all zero. */
final class Gradients {

    private Gradients() {}

    /** Runs with PyTorch keeping what the gradients need. */
    static double recorded(DoubleSupplier work) {
        JniUtils.setGradMode(true);
        try {
            return work.getAsDouble();
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    /** Adds {@code share} times the gradient of {@code loss} to what the parameters hold. */
    static void backward(NDArray loss, double share, NDManager owner) {
        NDArray seed = owner.full(loss.getShape(), (float) share);
        JniUtils.backward((PtNDArray) loss, (PtNDArray) seed, /* keepGraph= */ false, /* createGraph= */ false);
    }

    /** Of a parameter and all that is tied to it; empty where the loss did not depend on it. */
    static Optional<NDArray> of(Parameter parameter, NDManager owner) {
        Optional<NDArray> sum = of(parameter.array(), owner);
        for (NDArray tied : parameter.tied()) {
            Optional<NDArray> further = of(tied, owner);
            sum = sum.isPresent() && further.isPresent()
                    ? Optional.of(sum.get().add(further.get()))
                    : sum.or(() -> further);
        }
        return sum;
    }

    private static Optional<NDArray> of(NDArray array, NDManager owner) {
        NDArray gradient = JniUtils.getGradient((PtNDArray) array);
        if (gradient == null) {
            return Optional.empty();
        }
        gradient.attach(owner);
        return Optional.of(gradient);
    }
}
