package io.stepsampler.worker.optimizer;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.worker.network.Parameter;
import io.stepsampler.worker.optimizer.ParameterGroups.Treatment;
import io.stepsampler.worker.script.Script;
import io.stepsampler.worker.script.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Moves parameters step by step, all that are treated alike in one call: {@code updates.py}. */
public final class Updates {

    /** Compiled once for the process. */
    private static final class Compiled {

        static final Script SCRIPT = Script.compile(Updates.class, "updates.py", "Updates");
    }

    private final List<UpdateGroup> groups;
    private final IValue parameters;

    /**
     * @param parameters changed in place
     * @param treatments of each parameter
     * @param start what the optimizer remembers before the first step
     * @param owner of what is remembered
     */
    public Updates(
            Optimizer optimizer,
            List<Parameter> parameters,
            List<Treatment> treatments,
            OptimizerState start,
            NDManager owner) {
        Map<Treatment, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            places.computeIfAbsent(treatments.get(i), treatment -> new ArrayList<>())
                    .add(i);
        }
        UpdateRule rule = UpdateRule.of(optimizer);
        Values values = new Values(owner);
        groups = places.entrySet().stream()
                .map(alike -> UpdateGroup.of(rule, alike.getKey(), parameters, alike.getValue(), start, values))
                .toList();
        this.parameters =
                values.tensors(parameters.stream().map(Parameter::array).toList());
    }

    /** One step; a parameter without a gradient stays as it is. */
    public void apply(Gradients gradients, double learningRate) {
        groups.forEach(group -> group.apply(Compiled.SCRIPT, gradients, learningRate));
    }

    public boolean parametersAreFinite() {
        try (IValue answer = Compiled.SCRIPT.run("finite", parameters)) {
            return answer.toBoolean();
        }
    }
}
