package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.stepsampler.worker.data.Batch;

/** Arrays of one step, and the numbers in them. */
final class StepArrays {

    private StepArrays() {}

    /** The same storage, owned by the step, so that what is computed from it goes with the step. */
    static NDArray borrowed(NDArray array, NDManager owner) {
        NDArray borrowed = array.stopGradient();
        borrowed.attach(owner);
        borrowed.setName(array.getName());
        return borrowed;
    }

    static Batch borrowed(Batch batch, NDManager owner) {
        NDList inputs = new NDList();
        batch.inputs().forEach(input -> inputs.add(borrowed(input, owner)));
        NDArray targets = batch.targets();
        return new Batch(inputs, targets == null ? null : borrowed(targets, owner), batch.rows());
    }

    static double number(NDArray scalar) {
        return scalar.toType(DataType.FLOAT64, false).getDouble();
    }
}
