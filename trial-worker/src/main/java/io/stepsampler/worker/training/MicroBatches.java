package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import io.stepsampler.messages.Training;
import io.stepsampler.worker.data.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A batch in parts that go through the network one after the other, their gradients added up. */
final class MicroBatches {

    private MicroBatches() {}

    /** @param share of the part in the batch's mean loss */
    record Part(Batch batch, double share) {}

    static List<Part> of(Batch batch, Training training, LossFunction loss) {
        Integer size = training.microBatchSize();
        if (size == null || size >= batch.rows()) {
            return List.of(new Part(batch, 1));
        }
        List<Batch> slices = new ArrayList<>();
        for (int from = 0; from < batch.rows(); from += size) {
            slices.add(slice(batch, from, Math.min(from + size, batch.rows())));
        }
        double[] weights = slices.stream().mapToDouble(loss::weight).toArray();
        double total = Arrays.stream(weights).sum();
        if (total == 0) {
            // all labels are ignored: the whole batch tells so by its loss, which is no number
            return List.of(new Part(batch, 1));
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                parts.add(new Part(slices.get(i), weights[i] / total));
            }
        }
        return parts;
    }

    private static Batch slice(Batch batch, int from, int to) {
        NDList inputs = new NDList();
        batch.inputs().forEach(input -> inputs.add(slice(input, batch.rows(), from, to)));
        NDArray targets = batch.targets();
        return new Batch(inputs, targets == null ? null : slice(targets, batch.rows(), from, to), to - from);
    }

    /** What has no row for each example belongs to every part. */
    private static NDArray slice(NDArray array, int rows, int from, int to) {
        boolean hasRows = array.getShape().dimension() > 0 && array.getShape().get(0) == rows;
        NDArray slice = hasRows ? array.get(new NDIndex(from + ":" + to)) : array;
        slice.setName(array.getName());
        return slice;
    }
}
