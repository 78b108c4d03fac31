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
    private final double learningRate;
    private final NDManager memory;
    private @Nullable NDArray velocity;

    SgdUpdate(Sgd settings, double learningRate, NDManager memory) {
        this.settings = settings;
        this.learningRate = learningRate;
        this.memory = memory;
    }

    @Override
    public void apply(NDArray parameter, NDArray gradient) {
        if (settings.weightDecay() != 0) {
            gradient.addi(parameter.mul(settings.weightDecay()));
        }
        NDArray direction = settings.momentum() == 0 ? gradient : withMomentum(gradient, parameter.getManager());
        parameter.subi(direction.mul(learningRate));
    }

    private NDArray withMomentum(NDArray gradient, NDManager step) {
        if (velocity == null) {
            velocity = gradient.duplicate();
            velocity.attach(memory);
        } else {
            velocity.muli(settings.momentum()).addi(dampened(gradient));
        }
        NDArray remembered = Updates.shared(velocity, step);
        return settings.nesterov() ? gradient.add(remembered.mul(settings.momentum())) : remembered;
    }

    /** Most gradients of a large network are not worth a copy that is multiplied by one. */
    private NDArray dampened(NDArray gradient) {
        return settings.dampening() == 0 ? gradient : gradient.mul(1 - settings.dampening());
    }
}
