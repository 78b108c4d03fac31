package io.stepsampler.worker.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Optimizer.Adagrad;
import io.stepsampler.messages.Optimizer.Adam;
import io.stepsampler.messages.Optimizer.AdamW;
import io.stepsampler.messages.Optimizer.RmsProp;
import io.stepsampler.messages.Optimizer.Sgd;

/** Which update an optimizer's name stands for. */
public final class Updates {

    private Updates() {}

    /**
     * @param weightDecay the optimizer's, or that of the parameter's group
     * @param memory owns what the update remembers
     */
    public static ParameterUpdate create(Optimizer optimizer, double weightDecay, NDManager memory) {
        if (optimizer instanceof Sgd sgd) {
            return new SgdUpdate(sgd, weightDecay, memory);
        }
        if (optimizer instanceof Adam adam) {
            return new AdamUpdate(AdamUpdate.Settings.of(adam, weightDecay), memory);
        }
        if (optimizer instanceof AdamW adamW) {
            return new AdamUpdate(AdamUpdate.Settings.of(adamW, weightDecay), memory);
        }
        if (optimizer instanceof RmsProp rmsProp) {
            return new RmsPropUpdate(rmsProp, weightDecay, memory);
        }
        return new AdagradUpdate((Adagrad) optimizer, weightDecay, memory);
    }

    /** The same storage under another owner, so that what is computed from it goes when that owner closes. */
    static NDArray shared(NDArray array, NDManager owner) {
        NDArray shared = array.stopGradient();
        shared.attach(owner);
        return shared;
    }

    /** Zeros in the shape of an array, kept from step to step. */
    static NDArray remembered(NDArray like, NDManager memory) {
        NDArray zeros = like.zerosLike();
        zeros.attach(memory);
        return zeros;
    }

    /** g ← g + λp. */
    static void addDecay(NDArray gradient, NDArray parameter, double weightDecay) {
        if (weightDecay != 0) {
            gradient.addi(parameter.mul(weightDecay));
        }
    }
}
