package io.stepsampler.worker.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.IValue;
import io.stepsampler.worker.network.Parameter;
import io.stepsampler.worker.script.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * The tensors that a gradient is taken of, as PyTorch's lists, which are made once for a trial.
 *
 * @param tensors of each parameter its own and those tied to it
 * @param places for each tensor the parameter that it belongs to
 * @param count of the parameters
 */
public record TrainedTensors(IValue tensors, IValue places, IValue count) {

    public static TrainedTensors of(List<Parameter> parameters, Values values) {
        List<NDArray> tensors = new ArrayList<>();
        List<Long> places = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            tensors.add(parameter.array());
            tensors.addAll(parameter.tied());
            while (places.size() < tensors.size()) {
                places.add((long) i);
            }
        }
        return new TrainedTensors(
                values.tensors(tensors),
                values.integers(places.stream().mapToLong(Long::longValue).toArray()),
                values.integer(parameters.size()));
    }
}
