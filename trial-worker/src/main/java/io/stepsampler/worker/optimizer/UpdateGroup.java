package io.stepsampler.worker.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import io.stepsampler.worker.network.Parameter;
import io.stepsampler.worker.optimizer.ParameterGroups.Treatment;
import io.stepsampler.worker.script.Script;
import io.stepsampler.worker.script.Values;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Parameters that one optimizer treats alike, and what it remembers of them.
 *
 * @param method of the script
 * @param factor what the learning rate is multiplied by
 * @param state the parameters, their places among the gradients, the tensors and the steps that are remembered
 * @param settings the decay, then the method's own
 */
record UpdateGroup(String method, double factor, State state, List<IValue> settings) {

    UpdateGroup {
        settings = List.copyOf(settings);
    }

    record State(IValue parameters, IValue places, IValue memory, IValue steps) {}

    /**
     * @param places of the group's parameters among all
     * @param start copied, because what is remembered changes with every step
     */
    static UpdateGroup of(
            UpdateRule rule,
            Treatment treatment,
            List<Parameter> parameters,
            List<Integer> places,
            OptimizerState start,
            Values values) {
        List<Parameter> moved = places.stream().map(parameters::get).toList();
        List<NDArray> memory = moved.stream()
                .flatMap(parameter ->
                        rule.memory().stream().map(slot -> memory(rule, parameter, slot, start, values.owner())))
                .toList();
        State state = new State(
                values.tensors(moved.stream().map(Parameter::array).toList()),
                values.integers(places.stream().mapToLong(Integer::longValue).toArray()),
                values.tensors(memory),
                values.integers(moved.stream()
                        .mapToLong(parameter -> start.steps(parameter.name()))
                        .toArray()));
        Stream<Object> settings = Stream.concat(Stream.of(treatment.weightDecay()), rule.options().stream());
        return new UpdateGroup(
                rule.method(),
                treatment.factor(),
                state,
                settings.map(setting ->
                                setting instanceof Boolean flag ? values.flag(flag) : values.number((double) setting))
                        .toList());
    }

    void apply(Script script, Gradients gradients, double learningRate) {
        Stream<IValue> first = Stream.of(
                state.parameters(),
                gradients.tensors(),
                state.places(),
                state.memory(),
                state.steps(),
                gradients.step().number(learningRate * factor));
        script.run(method, Stream.concat(first, settings.stream()).toArray(IValue[]::new))
                .close();
    }

    /** Dense, whatever the parameter's strides. */
    private static NDArray memory(
            UpdateRule rule, Parameter parameter, Slot slot, OptimizerState start, NDManager owner) {
        Optional<NDArray> stored = start.tensor(parameter.name(), slot);
        if (stored.isPresent()) {
            NDArray copy = stored.get().duplicate();
            copy.attach(owner);
            return copy;
        }
        NDArray array = parameter.array();
        return owner.full(array.getShape(), (float) rule.initial(), array.getDataType());
    }
}
