package io.stepsampler.worker.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Optimizer.Adam;
import io.stepsampler.messages.Optimizer.AdamW;
import io.stepsampler.messages.Optimizer.Sgd;

/** Which update an optimizer's name stands for. */
public final class Updates {

    private Updates() {}

    /** @param memory owns what the update remembers */
    public static ParameterUpdate create(Optimizer optimizer, double learningRate, NDManager memory) {
        if (optimizer instanceof Sgd sgd) {
            return new SgdUpdate(sgd, learningRate, memory);
        }
        if (optimizer instanceof Adam adam) {
            return new AdamUpdate(AdamUpdate.Settings.of(adam), learningRate, memory);
        }
        return new AdamUpdate(AdamUpdate.Settings.of((AdamW) optimizer), learningRate, memory);
    }

    /** The same storage under another owner, so that what is computed from it goes when that owner closes. */
    static NDArray shared(NDArray array, NDManager owner) {
        NDArray shared = array.stopGradient();
        shared.attach(owner);
        return shared;
    }
}
