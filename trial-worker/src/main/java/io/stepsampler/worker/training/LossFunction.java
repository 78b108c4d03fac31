package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.stepsampler.messages.Loss;
import io.stepsampler.worker.input.Refusal;

/** The mean loss over a batch: {@code torch.nn.functional}'s, with its default reduction. */
record LossFunction(Loss loss) {

    /** A number that the gradient can be taken of. */
    NDArray mean(NDArray outputs, NDArray targets) {
        if (loss instanceof Loss.CrossEntropy) {
            return outputs.logSoftmax(1).gather(targets.expandDims(1), 1).neg().mean();
        }
        NDArray wanted = targets.reshape(outputs.getShape());
        if (loss instanceof Loss.MeanSquaredError) {
            return outputs.sub(wanted).square().mean();
        }
        if (loss instanceof Loss.MeanAbsoluteError) {
            return outputs.sub(wanted).abs().mean();
        }
        return Activation.softPlus(outputs).sub(outputs.mul(wanted)).mean();
    }

    /** Outputs of one shape against targets of another would be broadcast silently. */
    void requireFit(Shape answered, NDArray targets, String key, String location) throws Refusal {
        Shape wanted = targets.getShape();
        if (loss instanceof Loss.CrossEntropy) {
            if (answered.dimension() != 2 || answered.get(0) != wanted.get(0)) {
                throw Refusal.badInput(
                        key,
                        location,
                        "the model answers with the shape " + answered + " where cross-entropy with y of shape "
                                + wanted + " needs (N, classes)");
            }
            requireClasses(targets, answered.get(1), key, location);
        } else if (!withoutUnitColumn(answered).equals(withoutUnitColumn(wanted))) {
            throw Refusal.badInput(
                    key,
                    location,
                    "y has the shape " + wanted + " and the model answers with " + answered
                            + "; they must be equal, or (N) against (N, 1)");
        }
    }

    private static void requireClasses(NDArray targets, long classes, String key, String location) throws Refusal {
        long lowest = targets.min().toType(DataType.INT64, false).getLong();
        long highest = targets.max().toType(DataType.INT64, false).getLong();
        if (lowest < 0 || highest >= classes) {
            throw Refusal.badInput(
                    key,
                    location,
                    "its classes run from " + lowest + " to " + highest + "; the model answers for 0 to "
                            + (classes - 1));
        }
    }

    private static Shape withoutUnitColumn(Shape shape) {
        return shape.dimension() == 2 && shape.get(1) == 1 ? shape.slice(0, 1) : shape;
    }
}
