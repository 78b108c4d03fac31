package io.stepsampler.worker.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Optimizer.RmsProp;
import org.jspecify.annotations.Nullable;

/**
 * {@code torch.optim.RMSprop}: g ← g + λp; v ← αv + (1 − α)g²; centered: a ← a + (1 − α)(g − a) and s = √(v − a²), else
 * s = √v; with momentum b ← μb + g/(s + ε) and p ← p − ηb, else p ← p − ηg/(s + ε). λ weight decay, μ momentum, η learning
 * rate.
 */
final class RmsPropUpdate implements ParameterUpdate {

    private final RmsProp settings;
    private final double weightDecay;
    private final NDManager memory;
    private @Nullable Averages averages;

    RmsPropUpdate(RmsProp settings, double weightDecay, NDManager memory) {
        this.settings = settings;
        this.weightDecay = weightDecay;
        this.memory = memory;
    }

    private record Averages(
            NDArray square,
            @Nullable NDArray gradient,
            @Nullable NDArray velocity) {}

    @Override
    public void apply(NDArray parameter, NDArray gradient, double learningRate) {
        if (averages == null) {
            averages = new Averages(
                    Updates.remembered(gradient, memory),
                    settings.centered() ? Updates.remembered(gradient, memory) : null,
                    settings.momentum() > 0 ? Updates.remembered(gradient, memory) : null);
        }
        Updates.addDecay(gradient, parameter, weightDecay);
        NDManager step = parameter.getManager();
        NDArray square = Updates.shared(averages.square(), step);
        square.muli(settings.alpha()).addi(gradient.square().muli(1 - settings.alpha()));
        NDArray direction = gradient.div(scale(square, gradient, averages.gradient(), step));
        if (averages.velocity() == null) {
            parameter.subi(direction.muli(learningRate));
            return;
        }
        NDArray velocity = Updates.shared(averages.velocity(), step);
        velocity.muli(settings.momentum()).addi(direction);
        parameter.subi(velocity.mul(learningRate));
    }

    private NDArray scale(NDArray square, NDArray gradient, @Nullable NDArray average, NDManager step) {
        if (average == null) {
            return square.sqrt().addi(settings.eps());
        }
        NDArray mean = Updates.shared(average, step);
        mean.addi(gradient.sub(mean).muli(1 - settings.alpha()));
        return square.sub(mean.square()).sqrt().addi(settings.eps());
    }
}
