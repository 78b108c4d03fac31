package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Loss;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.input.Refusal;

/** Whether what a network answers and what a batch wants are such that the loss can compare them. */
record LossFit(Loss loss) {

    /** Outputs of one shape against targets of another would be broadcast silently. */
    void requireFit(Shape answered, Batch batch, String key, String location) throws Refusal {
        NDArray targets = batch.targets();
        if (loss instanceof Loss.Output || targets == null) {
            requireOneNumber(answered, key, location);
        } else if (loss instanceof Loss.CrossEntropy) {
            requireClassesOnAxis(answered, targets.getShape(), key, location);
        } else if (!withoutUnitColumn(answered).equals(withoutUnitColumn(targets.getShape()))) {
            throw Refusal.badInput(
                    key,
                    location,
                    "y has the shape " + targets.getShape() + " and the model answers with " + answered
                            + "; they must be equal, or (N) against (N, 1)");
        }
    }

    /** Labels beyond the classes end a process on some devices, so each is looked at. */
    void requireLabels(Batch batch, long classes, String key, String location) throws Refusal {
        NDArray targets = batch.targets();
        if (targets == null || !(loss instanceof Loss.CrossEntropy crossEntropy)) {
            return;
        }
        NDArray counted = targets.neq(crossEntropy.ignoredIndex()).toType(targets.getDataType(), false);
        NDArray labels = targets.mul(counted);
        long lowest = labels.min().getLong();
        long highest = labels.max().getLong();
        if (lowest < 0 || highest >= classes) {
            throw Refusal.badInput(
                    key,
                    location,
                    "its classes run from " + lowest + " to " + highest + "; the model answers for 0 to "
                            + (classes - 1) + " (model.options.classes, where the family has it)");
        }
        if (counted.max().getLong() == 0) {
            throw Refusal.badInput(
                    key,
                    location,
                    "a batch holds nothing but labels that are ignored (" + crossEntropy.ignoredIndex()
                            + "); each must hold another");
        }
    }

    private static void requireOneNumber(Shape answered, String key, String location) throws Refusal {
        if (answered.size() != 1) {
            throw Refusal.badInput(
                    key,
                    location,
                    "the model answers with the shape " + answered
                            + "; with the loss output it must answer with one number, the mean loss of the batch");
        }
    }

    private static void requireClassesOnAxis(Shape answered, Shape wanted, String key, String location) throws Refusal {
        boolean flat = answered.dimension() == 2 && answered.get(0) == wanted.size();
        boolean nested = answered.dimension() == wanted.dimension() + 1
                && answered.dimension() > 2
                && answered.get(0) == wanted.get(0)
                && answered.slice(2).equals(wanted.slice(1));
        if (!flat && !nested) {
            throw Refusal.badInput(
                    key,
                    location,
                    "the model answers with the shape " + answered + " where cross-entropy with y of shape " + wanted
                            + " needs (N, classes)" + (wanted.dimension() > 1 ? " or (N, classes, ...)" : ""));
        }
    }

    private static Shape withoutUnitColumn(Shape shape) {
        return shape.dimension() == 2 && shape.get(1) == 1 ? shape.slice(0, 1) : shape;
    }
}
