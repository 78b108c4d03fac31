package io.stepsampler.worker.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.worker.optimizer.ParameterGroups.Treatment;
import io.stepsampler.worker.script.Script;
import io.stepsampler.worker.script.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Moves parameters step by step, and holds what the optimizer remembers of each: {@code updates.py}. */
public final class Updates {

    /** Compiled once for the process. */
    private static final class Compiled {

        static final Script SCRIPT = Script.compile(Updates.class, "updates.py", "Updates");
    }

    private final UpdateRule rule;
    private final IValue parameters;
    private final IValue memory;
    private final IValue steps;
    private final IValue factors;
    private final IValue decays;
    private final List<IValue> options;

    /**
     * @param parameters changed in place
     * @param treatments of each parameter
     * @param owner of what is remembered
     */
    public Updates(Optimizer optimizer, List<NDArray> parameters, List<Treatment> treatments, NDManager owner) {
        Values values = new Values(owner);
        rule = UpdateRule.of(optimizer);
        this.parameters = values.tensors(parameters);
        memory = values.tensors(parameters.stream()
                .flatMap(parameter ->
                        Stream.generate(() -> zeros(parameter, owner)).limit(rule.memoryTensors()))
                .toList());
        steps = values.integers(new long[parameters.size()]);
        factors = values.numbers(
                treatments.stream().mapToDouble(Treatment::factor).toArray());
        decays = values.numbers(
                treatments.stream().mapToDouble(Treatment::weightDecay).toArray());
        options = rule.options().stream()
                .map(option -> option instanceof Boolean flag ? values.flag(flag) : values.number((double) option))
                .toList();
    }

    /** One step; a parameter without a gradient stays as it is. */
    public void apply(Gradients gradients, double learningRate) {
        IValue rate = gradients.step().number(learningRate);
        List<IValue> arguments =
                new ArrayList<>(List.of(parameters, gradients.tensors(), memory, steps, factors, decays, rate));
        arguments.addAll(options);
        Compiled.SCRIPT.run(rule.method(), arguments.toArray(IValue[]::new)).close();
    }

    public boolean parametersAreFinite() {
        try (IValue answer = Compiled.SCRIPT.run("finite", parameters)) {
            return answer.toBoolean();
        }
    }

    private static NDArray zeros(NDArray parameter, NDManager owner) {
        NDArray zeros = parameter.zerosLike();
        zeros.attach(owner);
        return zeros;
    }
}
