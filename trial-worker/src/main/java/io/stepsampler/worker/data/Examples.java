package io.stepsampler.worker.data;

import ai.djl.ndarray.NDManager;
import io.stepsampler.worker.input.Refusal;

/** The examples of one part of the data, in file order. */
public interface Examples extends AutoCloseable {

    int count();

    /** The batch of these rows, in this order, owned by {@code manager} and on its device. */
    Batch batch(int[] rows, NDManager manager) throws Refusal;

    /** Whether any rows make a batch of the same shape, and the same in every epoch. */
    default boolean isUniform() {
        return true;
    }

    /** The same rows as training sees them in an epoch: augmented, where the search asks for that. */
    default Batch trainingBatch(int[] rows, long seed, long epoch, NDManager manager) throws Refusal {
        return batch(rows, manager);
    }

    @Override
    default void close() {}
}
