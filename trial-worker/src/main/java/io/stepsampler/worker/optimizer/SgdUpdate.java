package io.stepsampler.worker.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Optimizer.Sgd;
import org.jspecify.annotations.Nullable;

/**
 * {@code torch.optim.SGD}: g ← g + λp; b ← g at the first step, then μb + (1 − τ)g; g ← g + μb with Nesterov's momentum,
 * else b; p ← p − ηg. λ weight decay, μ momentum, τ dampening, η learning rate.
 */
final class SgdUpdate implements ParameterUpdate {

    private final Sgd settings;
    private final double weightDecay;
    private final NDManager memory;
    private @Nullable NDArray velocity;

    SgdUpdate(Sgd settings, double weightDecay, NDManager memory) {
        this.settings = settings;
        this.weightDecay = weightDecay;
        this.memory = memory;
    }

    @Override
    public void apply(NDArray parameter, NDArray gradient, double learningRate) {
        Updates.addDecay(gradient, parameter, weightDecay);
        if (settings.momentum() == 0) {
            parameter.subi(gradient.muli(learningRate));
            return;
        }
        NDArray remembered = velocity(gradient, parameter.getManager());
        if (settings.nesterov()) {
            parameter.subi(gradient.addi(remembered.mul(settings.momentum())).muli(learningRate));
        } else {
            parameter.subi(remembered.mul(learningRate));
        }
    }

    private NDArray velocity(NDArray gradient, NDManager step) {
        if (velocity == null) {
            velocity = gradient.duplicate();
            velocity.attach(memory);
        } else {
            velocity.muli(settings.momentum()).addi(dampened(gradient));
        }
        return Updates.shared(velocity, step);
    }

    /** Most gradients of a large network are not worth a copy that is multiplied by one. */
    private NDArray dampened(NDArray gradient) {
        return settings.dampening() == 0 ? gradient : gradient.mul(1 - settings.dampening());
    }
}
