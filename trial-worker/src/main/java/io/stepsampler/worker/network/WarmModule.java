package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;

/**
 * A module that stays loaded, because its state is its parameters and nothing else: a reset copies them back on the
 * device. One trial has it at a time.
 */
final class WarmModule {

    private final PtSymbolBlock module;
    private final List<Stored> parameters;

    private WarmModule(PtSymbolBlock module, List<Stored> parameters) {
        this.module = module;
        this.parameters = parameters;
    }

    /** A parameter as the archive has it, frozen ones too. */
    private record Stored(PtNDArray live, NDArray numbers, boolean isTrained) {

        static Stored of(NDArray live, NDManager owner) {
            NDArray numbers = live.duplicate();
            numbers.attach(owner);
            return new Stored((PtNDArray) live, numbers, JniUtils.requiresGrad((PtNDArray) live));
        }

        void restore() {
            try (NDArray storage = live.stopGradient()) {
                storage.set(new NDIndex("..."), numbers);
            }
            JniUtils.attachGradient(live, isTrained);
            JniUtils.zeroGrad(live);
        }
    }

    /** @param owner of the module and of the copies */
    static WarmModule of(PtSymbolBlock module, NDManager owner) {
        return new WarmModule(
                module,
                module.getDirectParameters().stream()
                        .map(named -> Stored.of(named.getValue().getArray(), owner))
                        .toList());
    }

    PtSymbolBlock restored() {
        parameters.forEach(Stored::restore);
        return module;
    }
}
