package io.stepsampler.worker.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Optimizer.Adam;
import io.stepsampler.messages.Optimizer.AdamW;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code torch.optim.Adam} and {@code AdamW}: g ← g + λp (Adam) or p ← p − ηλp (AdamW); m ← m + (1 − β₁)(g − m);
 * v ← β₂v + (1 − β₂)g²; p ← p − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε). Epsilon is added after the bias correction. λ weight
 * decay, η learning rate, t the step counted from 1.
 */
final class AdamUpdate implements ParameterUpdate {

    private final Settings settings;
    private final NDManager memory;
    private int step;
    private @Nullable Moments moments;

    AdamUpdate(Settings settings, NDManager memory) {
        this.settings = settings;
        this.memory = memory;
    }

    /** Where the weight decay enters. */
    enum Decay {
        GRADIENT,
        PARAMETER
    }

    record Settings(double beta1, double beta2, double epsilon, double weightDecay, Decay decay) {

        static Settings of(Adam adam, double weightDecay) {
            return of(adam.betas(), adam.eps(), weightDecay, Decay.GRADIENT);
        }

        static Settings of(AdamW adamW, double weightDecay) {
            return of(adamW.betas(), adamW.eps(), weightDecay, Decay.PARAMETER);
        }

        private static Settings of(List<Double> betas, double epsilon, double weightDecay, Decay decay) {
            return new Settings(betas.get(0), betas.get(1), epsilon, weightDecay, decay);
        }
    }

    private record Moments(NDArray first, NDArray second) {}

    @Override
    public void apply(NDArray parameter, NDArray gradient, double learningRate) {
        if (moments == null) {
            moments = new Moments(Updates.remembered(gradient, memory), Updates.remembered(gradient, memory));
        }
        step++;
        decay(parameter, gradient, learningRate);
        NDManager owner = parameter.getManager();
        NDArray second = Updates.shared(moments.second(), owner);
        second.muli(settings.beta2()).addi(gradient.mul(1 - settings.beta2()).muli(gradient));
        NDArray first = Updates.shared(moments.first(), owner);
        first.addi(gradient.subi(first).muli(1 - settings.beta1()));
        double firstCorrection = 1 - Math.pow(settings.beta1(), step);
        double secondCorrection = 1 - Math.pow(settings.beta2(), step);
        NDArray scale = second.sqrt().divi(Math.sqrt(secondCorrection)).addi(settings.epsilon());
        parameter.subi(first.div(scale).muli(learningRate / firstCorrection));
    }

    private void decay(NDArray parameter, NDArray gradient, double learningRate) {
        if (settings.decay() == Decay.GRADIENT) {
            Updates.addDecay(gradient, parameter, settings.weightDecay());
        } else if (settings.weightDecay() != 0) {
            parameter.muli(1 - learningRate * settings.weightDecay());
        }
    }
}
