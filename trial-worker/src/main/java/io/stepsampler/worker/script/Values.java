package io.stepsampler.worker.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.List;

/**
 * Values for scripts.
 *
 * @param owner they are given back with it
 */
public record Values(NDManager owner) {

    public IValue tensors(List<? extends NDArray> arrays) {
        return kept(IValue.listFrom(arrays.toArray(PtNDArray[]::new)));
    }

    public IValue tensor(NDArray array) {
        return kept(IValue.from((PtNDArray) array));
    }

    public IValue integers(long... numbers) {
        return kept(IValue.listFrom(numbers));
    }

    public IValue integer(long number) {
        return kept(IValue.from(number));
    }

    public IValue numbers(double... numbers) {
        return kept(IValue.listFrom(numbers));
    }

    public IValue number(double number) {
        return kept(IValue.from(number));
    }

    public IValue flag(boolean flag) {
        return kept(IValue.from(flag));
    }

    /** What a script has answered. */
    public IValue kept(IValue value) {
        owner.attachInternal(value.getUid(), value);
        return value;
    }
}
