package io.stepsampler.worker.data;

import ai.djl.ndarray.NDManager;
import io.stepsampler.worker.input.Refusal;

/** The examples of one part of the data, in file order. */
public interface Examples extends AutoCloseable {

    int count();

    /** The batch of these rows, in this order, owned by {@code manager} and on its device. */
    Batch batch(int[] rows, NDManager manager) throws Refusal;

    @Override
    default void close() {}
}
