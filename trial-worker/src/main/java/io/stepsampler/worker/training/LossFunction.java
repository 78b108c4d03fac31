package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.stepsampler.messages.Loss;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.script.Script;
import java.util.Map;

/** The mean loss over a batch: {@code torch.nn.functional}'s, with its default reduction, in {@code losses.py}. */
record LossFunction(Loss loss, Script script) {

    /** @param owner of the compiled script */
    static LossFunction of(Loss loss, NDManager owner) {
        if (loss instanceof Loss.CrossEntropy crossEntropy) {
            return compiled(
                    loss,
                    "CrossEntropy",
                    Map.of(
                            "labelSmoothing", crossEntropy.labelSmoothing(),
                            "ignoredIndex", crossEntropy.ignoredIndex()),
                    owner);
        }
        if (loss instanceof Loss.MeanSquaredError) {
            return compiled(loss, "MeanSquaredError", Map.of(), owner);
        }
        if (loss instanceof Loss.MeanAbsoluteError) {
            return compiled(loss, "MeanAbsoluteError", Map.of(), owner);
        }
        if (loss instanceof Loss.Output) {
            return compiled(loss, "Output", Map.of(), owner);
        }
        return compiled(loss, "BinaryCrossEntropyWithLogits", Map.of(), owner);
    }

    private static LossFunction compiled(Loss loss, String name, Map<String, Object> settings, NDManager owner) {
        return new LossFunction(loss, Script.compile(LossFunction.class, "losses.py", name, settings, owner));
    }

    /**
     * A number that the gradient can be taken of.
     *
     * @param outputs of the network; classes on axis 1 for cross-entropy
     */
    NDArray mean(NDArray outputs, Batch batch) {
        NDArray targets = batch.targets();
        return script.forward(outputs, targets == null ? outputs : targets);
    }

    /** What a batch's mean counts for among others: its examples, or its labels that are not ignored. */
    double weight(Batch batch) {
        NDArray targets = batch.targets();
        if (targets == null || !(loss instanceof Loss.CrossEntropy crossEntropy)) {
            return batch.rows();
        }
        NDArray counted = targets.neq(crossEntropy.ignoredIndex()).toType(DataType.INT64, false);
        return counted.sum().getLong();
    }
}
