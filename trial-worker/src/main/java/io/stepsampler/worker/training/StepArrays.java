package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

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

    static double number(NDArray scalar) {
        return scalar.toType(DataType.FLOAT64, false).getDouble();
    }
}
