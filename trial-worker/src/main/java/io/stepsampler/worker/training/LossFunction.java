package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.stepsampler.messages.Loss;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.input.Refusal;
import java.util.Objects;

/** The mean loss over a batch: {@code torch.nn.functional}'s, with its default reduction. */
record LossFunction(Loss loss) {

    private static final int CLASS_AXIS = 1;

    /**
     * A number that the gradient can be taken of.
     *
     * @param outputs of the network; classes on axis 1 for cross-entropy
     */
    NDArray mean(NDArray outputs, Batch batch) {
        if (loss instanceof Loss.Output) {
            return outputs.mean();
        }
        NDArray targets = Objects.requireNonNull(batch.targets());
        if (loss instanceof Loss.CrossEntropy crossEntropy) {
            return crossEntropy(crossEntropy, outputs, targets);
        }
        NDArray wanted = targets.reshape(outputs.getShape());
        if (loss instanceof Loss.MeanSquaredError) {
            return outputs.sub(wanted).square().mean();
        }
        if (loss instanceof Loss.MeanAbsoluteError) {
            return outputs.sub(wanted).abs().mean();
        }
        // log(1 + exp(x)) - xy would lose the small difference of two large numbers
        return outputs.mul(wanted.neg().add(1))
                .add(Activation.softPlus(outputs.neg()))
                .mean();
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

    /**
     * ℓ = (1 − ε) · (−log p_y) + ε · mean over classes of (−log p), averaged over the labels that are not ignored; ε label
     * smoothing.
     */
    private static NDArray crossEntropy(Loss.CrossEntropy settings, NDArray outputs, NDArray targets) {
        NDArray logarithms = outputs.logSoftmax(CLASS_AXIS);
        NDArray labels = outputs.getShape().dimension() == 2 ? targets.flatten() : targets;
        NDArray counted = labels.neq(settings.ignoredIndex());
        NDArray chosen = labels.mul(counted.toType(labels.getDataType(), false));
        NDArray losses = logarithms
                .gather(chosen.expandDims(CLASS_AXIS), CLASS_AXIS)
                .neg()
                .squeeze(CLASS_AXIS);
        double smoothing = settings.labelSmoothing();
        if (smoothing > 0) {
            NDArray overClasses = logarithms.mean(new int[] {CLASS_AXIS}).neg();
            losses = losses.mul(scalar(losses, 1 - smoothing)).add(overClasses.mul(scalar(losses, smoothing)));
        }
        NDArray weights = counted.toType(losses.getDataType(), false);
        return losses.mul(weights).sum().div(weights.sum());
    }

    /** Owned by PyTorch: DJL wraps a plain number in Java's memory, which may be gone when the gradient is taken. */
    private static NDArray scalar(NDArray like, double value) {
        return like.getManager().full(new Shape(), (float) value);
    }

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
                            + (classes - 1));
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
