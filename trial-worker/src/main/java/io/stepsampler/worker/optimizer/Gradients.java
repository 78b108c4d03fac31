package io.stepsampler.worker.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import io.stepsampler.worker.script.Script;
import io.stepsampler.worker.script.Values;
import java.util.function.Supplier;

/**
 * The gradients of one step: for each parameter a tensor, or nothing where the loss did not depend on it. They are
 * handed over as PyTorch finds them; what it adds to a parameter's own gradient would first have to be zeroed.
 *
 * @param tensors PyTorch's list of them
 * @param step owns them
 */
public record Gradients(IValue tensors, Values step) {

    /** Compiled once for the process. */
    private static final class Compiled {

        static final Script SCRIPT = Script.compile(Gradients.class, "gradients.py", "Gradients");
    }

    /** Runs with PyTorch keeping what the gradients need. */
    public static <T> T recorded(Supplier<T> work) {
        JniUtils.setGradMode(true);
        try {
            return work.get();
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    /** Of {@code share} times the loss. */
    public static Gradients of(NDArray loss, double share, TrainedTensors trained, NDManager owner) {
        Values step = new Values(owner);
        return new Gradients(
                step.kept(Compiled.SCRIPT.run(
                        "of",
                        step.tensor(loss),
                        step.number(share),
                        trained.tensors(),
                        trained.places(),
                        trained.count())),
                step);
    }

    /** To add those of a batch's parts to. */
    public static Gradients none(TrainedTensors trained, NDManager owner) {
        Values step = new Values(owner);
        return new Gradients(step.kept(Compiled.SCRIPT.run("none", trained.count())), step);
    }

    /** In place; the other's may be given back then. */
    public void add(Gradients other) {
        Compiled.SCRIPT.run("add", tensors, other.tensors).close();
    }

    /** As {@code torch.nn.utils.clip_grad_norm_} does: every gradient times c/(‖g‖ + 1e-6), where that is below 1. */
    public Gradients clipped(double longest) {
        return new Gradients(step.kept(Compiled.SCRIPT.run("clipped", tensors, step.number(longest))), step);
    }

    /** Of all together. */
    public double norm() {
        try (IValue length = Compiled.SCRIPT.run("length", tensors)) {
            return length.toDouble();
        }
    }
}
