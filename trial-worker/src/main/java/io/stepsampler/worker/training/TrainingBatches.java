package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.input.Digest;
import java.util.List;

/** The batches of a search in the order of its steps, the same for every learning rate, on the device. */
sealed interface TrainingBatches {

    /**
     * @param step counted from 1
     * @param owner of what is put together for the step
     */
    Batch at(int step, NDManager owner);

    /** Every batch once, or all examples as one batch: to be looked at before training. */
    List<Batch> all();

    String digest();

    /** Batches as they stand; when they end they begin again. */
    record Stored(List<Batch> batches) implements TrainingBatches {

        public Stored {
            batches = List.copyOf(batches);
        }

        @Override
        public Batch at(int step, NDManager owner) {
            return batches.get((step - 1) % batches.size());
        }

        @Override
        public List<Batch> all() {
            return batches;
        }

        @Override
        public String digest() {
            return BatchDigest.of(batches);
        }
    }

    /**
     * Examples that are held once, however many epochs use them.
     *
     * @param examples all that occur
     * @param rows which of them form each step's batch
     */
    record Gathered(Batch examples, List<int[]> rows) implements TrainingBatches {

        public Gathered {
            rows = List.copyOf(rows);
        }

        @Override
        public Batch at(int step, NDManager owner) {
            int[] chosen = rows.get(step - 1);
            try (NDArray index = owner.create(chosen)) {
                NDArray rowIndex = index.toType(DataType.INT64, false);
                NDList inputs = new NDList();
                examples.inputs().forEach(input -> inputs.add(gathered(input, rowIndex, owner)));
                NDArray targets = examples.targets();
                Batch batch =
                        new Batch(inputs, targets == null ? null : gathered(targets, rowIndex, owner), chosen.length);
                rowIndex.close();
                return batch;
            }
        }

        private static NDArray gathered(NDArray array, NDArray rowIndex, NDManager owner) {
            NDArray gathered = array.get(rowIndex);
            gathered.attach(owner);
            gathered.setName(array.getName());
            return gathered;
        }

        @Override
        public List<Batch> all() {
            return List.of(examples);
        }

        @Override
        public String digest() {
            Digest digest = new Digest();
            rows.forEach(step -> {
                for (int row : step) {
                    digest.add(row + " ");
                }
                digest.add("\n");
            });
            return digest.add(BatchDigest.of(List.of(examples))).hex();
        }
    }
}
