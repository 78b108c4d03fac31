package io.stepsampler.worker.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Optimizer.Adagrad;
import org.jspecify.annotations.Nullable;

/**
 * {@code torch.optim.Adagrad}: g ← g + λp; s ← s + g², from the initial value; p ← p − η/(1 + (t − 1)δ) · g/(√s + ε). λ
 * weight decay, η learning rate, δ its decay, t the step counted from 1.
 */
final class AdagradUpdate implements ParameterUpdate {

    private final Adagrad settings;
    private final double weightDecay;
    private final NDManager memory;
    private int step;
    private @Nullable NDArray sum;

    AdagradUpdate(Adagrad settings, double weightDecay, NDManager memory) {
        this.settings = settings;
        this.weightDecay = weightDecay;
        this.memory = memory;
    }

    @Override
    public void apply(NDArray parameter, NDArray gradient, double learningRate) {
        if (sum == null) {
            sum = Updates.remembered(gradient, memory);
            sum.addi(settings.initialAccumulatorValue());
        }
        Updates.addDecay(gradient, parameter, weightDecay);
        double decayedRate = learningRate / (1 + step * settings.lrDecay());
        step++;
        NDArray squares = Updates.shared(sum, parameter.getManager());
        squares.addi(gradient.square());
        parameter.subi(gradient.divi(squares.sqrt().addi(settings.eps())).muli(decayedRate));
    }
}
