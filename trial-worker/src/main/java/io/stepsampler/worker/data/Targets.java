package io.stepsampler.worker.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.stepsampler.messages.Loss;
import io.stepsampler.worker.input.Refusal;

/** An array {@code y} as a loss wants it. */
final class Targets {

    static final String NAME = "y";

    private Targets() {}

    /** A module that answers with the loss itself takes its targets, if it needs any, as an argument. */
    static boolean areInputs(Loss loss) {
        return loss instanceof Loss.Output;
    }

    static NDArray of(Loss loss, NDArray stored, String key, String location) throws Refusal {
        if (!(loss instanceof Loss.CrossEntropy)) {
            return stored.toType(DataType.FLOAT32, false);
        }
        if (stored.getDataType() != DataType.INT64) {
            throw Refusal.badInput(
                    key,
                    location,
                    "y is " + stored.getDataType() + " of shape " + stored.getShape()
                            + "; cross-entropy needs whole numbers, one class for each row, shape (N), or for each"
                            + " place of it, shape (N, …)");
        }
        return stored;
    }
}
