package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Probe;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.data.BatchOrder;
import io.stepsampler.worker.data.Examples;
import io.stepsampler.worker.input.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Turns examples into the batches of a search: an epoch is a permutation or file order, batches are its slices. */
record ExampleBatches(Probe probe, NDManager manager) {

    /** How many rows are read at once, so that the Java heap holds few of them at a time. */
    private static final int ROWS_AT_ONCE = 64;

    TrainingBatches training(Examples examples, Order order) throws Refusal {
        List<int[]> rows = trainingRows(examples.count(), order);
        if (examples.isUniform()) {
            return gathered(examples, rows);
        }
        List<Batch> batches = new ArrayList<>();
        int batchesOfAnEpoch = examples.count() / probe.training().batchSize();
        for (int index = 0; index < rows.size(); index++) {
            batches.add(held(examples.trainingBatch(rows.get(index), probe.seed(), index / batchesOfAnEpoch, manager)));
        }
        return new TrainingBatches.Stored(batches);
    }

    List<Batch> validation(Examples examples, int atMost) throws Refusal {
        if (atMost < 1) {
            throw Refusal.badInput("data.options.validationExamples", atMost, "it must be at least 1");
        }
        List<Batch> batches = new ArrayList<>();
        for (int[] rows : BatchOrder.validationBatches(
                examples.count(), atMost, probe.seed(), probe.training().batchSize())) {
            batches.add(held(examples.batch(rows, manager)));
        }
        return batches;
    }

    /** In which order an epoch goes through the examples. */
    enum Order {
        SHUFFLED,
        AS_STORED;

        static Order of(boolean shuffled) {
            return shuffled ? SHUFFLED : AS_STORED;
        }
    }

    private List<int[]> trainingRows(int count, Order order) throws Refusal {
        int batchSize = probe.training().batchSize();
        if (batchSize < 1 || batchSize > count) {
            throw Refusal.badInput(
                    "training.batchSize",
                    batchSize,
                    "data.train holds " + count + " examples; allowed is 1 to " + count);
        }
        IntFunction<int[]> epochs = order == Order.SHUFFLED
                ? epoch -> BatchOrder.permutation(count, probe.seed(), epoch)
                : epoch -> BatchOrder.fileOrder(count);
        return BatchOrder.trainingBatches(epochs, batchSize, probe.steps());
    }

    private TrainingBatches gathered(Examples examples, List<int[]> rows) throws Refusal {
        Map<Integer, Integer> positions = new LinkedHashMap<>();
        List<int[]> chosen = new ArrayList<>();
        for (int[] batch : rows) {
            int[] within = new int[batch.length];
            for (int i = 0; i < batch.length; i++) {
                within[i] = positions.computeIfAbsent(batch[i], row -> positions.size());
            }
            chosen.add(within);
        }
        int[] distinct = positions.keySet().stream().mapToInt(Integer::intValue).toArray();
        return new TrainingBatches.Gathered(read(examples, distinct), chosen);
    }

    private Batch read(Examples examples, int[] rows) throws Refusal {
        try (NDManager reading = manager.newSubManager()) {
            List<Batch> pieces = new ArrayList<>();
            for (int from = 0; from < rows.length; from += ROWS_AT_ONCE) {
                int to = Math.min(from + ROWS_AT_ONCE, rows.length);
                pieces.add(examples.batch(Arrays.copyOfRange(rows, from, to), reading));
            }
            Batch first = pieces.get(0);
            NDList inputs = new NDList();
            for (int input = 0; input < first.inputs().size(); input++) {
                int which = input;
                NDArray joined = joined(
                        pieces.stream().map(piece -> piece.inputs().get(which)).toList());
                joined.setName(first.inputs().get(input).getName());
                inputs.add(joined);
            }
            NDArray targets = first.targets() == null
                    ? null
                    : joined(pieces.stream()
                            .flatMap(piece -> Stream.ofNullable(piece.targets()))
                            .toList());
            return new Batch(inputs, targets, rows.length);
        }
    }

    /** In memory of PyTorch: what was created from Java lies in a buffer of Java's, of which there is less. */
    private static Batch held(Batch batch) {
        NDList inputs = new NDList();
        batch.inputs().forEach(input -> inputs.add(held(input)));
        NDArray targets = batch.targets();
        return new Batch(inputs, targets == null ? null : held(targets), batch.rows());
    }

    private static NDArray held(NDArray array) {
        NDArray copy = array.duplicate();
        copy.setName(array.getName());
        array.close();
        return copy;
    }

    private NDArray joined(List<NDArray> pieces) {
        NDArray joined = NDArrays.concat(new NDList(pieces));
        joined.attach(manager);
        return joined;
    }
}
