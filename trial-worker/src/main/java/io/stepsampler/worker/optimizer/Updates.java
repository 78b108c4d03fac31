package io.stepsampler.worker.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.worker.optimizer.ParameterGroups.Treatment;
import io.stepsampler.worker.optimizer.UpdateScript.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Moves parameters step by step, and holds what the optimizer remembers of each. */
public final class Updates {

    /** Compiled once for the process. */
    private static final class Script {

        static final UpdateScript UPDATES = UpdateScript.load();
    }

    private final UpdateRule rule;
    private final List<Treatment> treatments;
    private final List<Memory> memories;

    /**
     * @param treatments of each parameter
     * @param owner of what is remembered
     */
    public Updates(Optimizer optimizer, List<Treatment> treatments, NDManager owner) {
        this.rule = UpdateRule.of(optimizer);
        this.treatments = List.copyOf(treatments);
        this.memories = treatments.stream().map(treatment -> new Memory(owner)).toList();
    }

    /** Of one parameter: how often it was moved, and tensors of its shape that begin as zeros. */
    private static final class Memory {

        private final NDManager owner;
        private final List<NDArray> tensors = new ArrayList<>();
        private long steps;

        Memory(NDManager owner) {
            this.owner = owner;
        }

        List<NDArray> next(NDArray gradient, int count) {
            steps++;
            while (tensors.size() < count) {
                NDArray zeros = gradient.zerosLike();
                zeros.attach(owner);
                tensors.add(zeros);
            }
            return tensors;
        }
    }

    /**
     * @param parameters changed in place
     * @param gradients of this step, which may be changed; a parameter without one stays as it is
     */
    public void apply(List<NDArray> parameters, List<Optional<NDArray>> gradients, double learningRate) {
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Optional<NDArray> gradient = gradients.get(i);
            if (gradient.isPresent()) {
                Treatment treatment = treatments.get(i);
                Memory memory = memories.get(i);
                List<NDArray> tensors = memory.next(gradient.get(), rule.memoryTensors());
                moves.add(new Move(
                        parameters.get(i),
                        gradient.get(),
                        tensors,
                        memory.steps,
                        learningRate * treatment.factor(),
                        treatment.weightDecay()));
            }
        }
        if (!moves.isEmpty()) {
            Script.UPDATES.run(rule, moves);
        }
    }
}
