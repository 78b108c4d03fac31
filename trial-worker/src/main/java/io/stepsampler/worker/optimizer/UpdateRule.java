package io.stepsampler.worker.optimizer;

import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Optimizer.Adagrad;
import io.stepsampler.messages.Optimizer.Adam;
import io.stepsampler.messages.Optimizer.AdamW;
import io.stepsampler.messages.Optimizer.RmsProp;
import io.stepsampler.messages.Optimizer.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which method of {@code updates.py} an optimizer's name stands for.
 *
 * @param memory the tensors that the method is handed for each parameter, in order
 * @param kept those of them that {@code torch.optim} has with these options; the others stay as they are
 * @param initial what each number of them is before the first step
 * @param options the method's last arguments, numbers and booleans
 */
record UpdateRule(String method, List<Slot> memory, List<Slot> kept, double initial, List<Object> options) {

    private static final Set<String> COUNTING = Set.of("adam", "adagrad");

    UpdateRule {
        memory = List.copyOf(memory);
        kept = List.copyOf(kept);
        options = List.copyOf(options);
        if (!options.stream().allMatch(option -> option instanceof Double || option instanceof Boolean)) {
            throw new IllegalArgumentException("options are " + options + "; each must be a Double or a Boolean");
        }
    }

    static UpdateRule of(Optimizer optimizer) {
        if (optimizer instanceof Sgd sgd) {
            List<Slot> memory = sgd.momentum() == 0 ? List.of() : List.of(Slot.MOMENTUM_BUFFER);
            return new UpdateRule("sgd", memory, memory, 0, List.of(sgd.momentum(), sgd.dampening(), sgd.nesterov()));
        }
        if (optimizer instanceof Adam adam) {
            return adam(adam.betas(), adam.eps(), /* decoupled= */ false);
        }
        if (optimizer instanceof AdamW adamW) {
            return adam(adamW.betas(), adamW.eps(), /* decoupled= */ true);
        }
        if (optimizer instanceof RmsProp rmsProp) {
            return rmsProp(rmsProp);
        }
        Adagrad adagrad = (Adagrad) optimizer;
        return new UpdateRule(
                "adagrad",
                List.of(Slot.SUM),
                List.of(Slot.SUM),
                adagrad.initialAccumulatorValue(),
                List.of(adagrad.lrDecay(), adagrad.eps()));
    }

    /** Whether an update depends on how many there were before. */
    boolean countsSteps() {
        return COUNTING.contains(method);
    }

    private static UpdateRule adam(List<Double> betas, double epsilon, boolean decoupled) {
        List<Slot> memory = List.of(Slot.EXP_AVG, Slot.EXP_AVG_SQ);
        return new UpdateRule("adam", memory, memory, 0, List.of(betas.get(0), betas.get(1), epsilon, decoupled));
    }

    private static UpdateRule rmsProp(RmsProp rmsProp) {
        List<Slot> kept = new ArrayList<>(List.of(Slot.SQUARE_AVG));
        if (rmsProp.centered()) {
            kept.add(Slot.GRAD_AVG);
        }
        if (rmsProp.momentum() > 0) {
            kept.add(Slot.MOMENTUM_BUFFER);
        }
        return new UpdateRule(
                "rmsprop",
                List.of(Slot.SQUARE_AVG, Slot.GRAD_AVG, Slot.MOMENTUM_BUFFER),
                kept,
                0,
                List.of(rmsProp.alpha(), rmsProp.eps(), rmsProp.momentum(), rmsProp.centered()));
    }
}
