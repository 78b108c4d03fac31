package io.stepsampler.worker.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Optimizer.Adam;
import io.stepsampler.messages.Optimizer.AdamW;
import org.jspecify.annotations.Nullable;

/**
 * {@code torch.optim.Adam} and {@code AdamW}: g ← g + λp (Adam) or p ← p − ηλp (AdamW); m ← β₁m + (1 − β₁)g;
 * v ← β₂v + (1 − β₂)g²; p ← p − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε). Epsilon is added after the bias correction. λ weight
 * decay, η learning rate, t the step counted from 1.
 */
final class AdamUpdate implements ParameterUpdate {

    private final Settings settings;
    private final double learningRate;
    private final NDManager memory;
    private int step;
    private @Nullable Moments moments;

    AdamUpdate(Settings settings, double learningRate, NDManager memory) {
        this.settings = settings;
        this.learningRate = learningRate;
        this.memory = memory;
    }

    /** Where the weight decay enters. */
    enum Decay {
        GRADIENT,
        PARAMETER
    }

    record Settings(double beta1, double beta2, double epsilon, double weightDecay, Decay decay) {

        static Settings of(Adam adam) {
            return new Settings(
                    adam.betas().get(0), adam.betas().get(1), adam.eps(), adam.weightDecay(), Decay.GRADIENT);
        }

        static Settings of(AdamW adamW) {
            return new Settings(
                    adamW.betas().get(0), adamW.betas().get(1), adamW.eps(), adamW.weightDecay(), Decay.PARAMETER);
        }
    }

    private record Moments(NDArray first, NDArray second) {

        static Moments zero(NDArray like, NDManager memory) {
            NDArray first = like.zerosLike();
            NDArray second = like.zerosLike();
            first.attach(memory);
            second.attach(memory);
            return new Moments(first, second);
        }
    }

    @Override
    public void apply(NDArray parameter, NDArray gradient) {
        if (moments == null) {
            moments = Moments.zero(gradient, memory);
        }
        step++;
        decay(parameter, gradient);
        moments.first().addi(gradient.sub(moments.first()).muli(1 - settings.beta1()));
        moments.second().muli(settings.beta2()).addi(gradient.square().muli(1 - settings.beta2()));
        double firstCorrection = 1 - Math.pow(settings.beta1(), step);
        double secondCorrection = 1 - Math.pow(settings.beta2(), step);
        NDManager owner = parameter.getManager();
        NDArray scale = Updates.shared(moments.second(), owner)
                .sqrt()
                .divi(Math.sqrt(secondCorrection))
                .addi(settings.epsilon());
        parameter.subi(Updates.shared(moments.first(), owner).div(scale).muli(learningRate / firstCorrection));
    }

    private void decay(NDArray parameter, NDArray gradient) {
        if (settings.weightDecay() == 0) {
            return;
        }
        if (settings.decay() == Decay.GRADIENT) {
            gradient.addi(parameter.mul(settings.weightDecay()));
        } else {
            parameter.muli(1 - learningRate * settings.weightDecay());
        }
    }
}
