package io.stepsampler.worker.optimizer;

import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Optimizer.Adagrad;
import io.stepsampler.messages.Optimizer.Adam;
import io.stepsampler.messages.Optimizer.AdamW;
import io.stepsampler.messages.Optimizer.RmsProp;
import io.stepsampler.messages.Optimizer.Sgd;
import java.util.List;

/**
 * Which method of {@code updates.py} an optimizer's name stands for.
 *
 * @param memoryTensors how many tensors of its own shape are remembered for each parameter
 * @param options the method's last arguments, numbers and booleans
 */
record UpdateRule(String method, int memoryTensors, List<Object> options) {

    UpdateRule {
        options = List.copyOf(options);
        if (!options.stream().allMatch(option -> option instanceof Double || option instanceof Boolean)) {
            throw new IllegalArgumentException("options are " + options + "; each must be a Double or a Boolean");
        }
    }

    static UpdateRule of(Optimizer optimizer) {
        if (optimizer instanceof Sgd sgd) {
            return new UpdateRule(
                    "sgd", sgd.momentum() == 0 ? 0 : 1, List.of(sgd.momentum(), sgd.dampening(), sgd.nesterov()));
        }
        if (optimizer instanceof Adam adam) {
            return adam(adam.betas(), adam.eps(), /* decoupled= */ false);
        }
        if (optimizer instanceof AdamW adamW) {
            return adam(adamW.betas(), adamW.eps(), /* decoupled= */ true);
        }
        if (optimizer instanceof RmsProp rmsProp) {
            return new UpdateRule(
                    "rmsprop", 3, List.of(rmsProp.alpha(), rmsProp.eps(), rmsProp.momentum(), rmsProp.centered()));
        }
        Adagrad adagrad = (Adagrad) optimizer;
        return new UpdateRule(
                "adagrad", 1, List.of(adagrad.lrDecay(), adagrad.initialAccumulatorValue(), adagrad.eps()));
    }

    private static UpdateRule adam(List<Double> betas, double epsilon, boolean decoupled) {
        return new UpdateRule("adam", 2, List.of(betas.get(0), betas.get(1), epsilon, decoupled));
    }
}
