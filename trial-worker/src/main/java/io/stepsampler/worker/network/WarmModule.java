package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import io.stepsampler.worker.script.Script;
import io.stepsampler.worker.script.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * A module that stays loaded, because its state is tensors and nothing else: a reset copies them back on the device. One
 * trial has it at a time.
 *
 * @param live the state's tensors
 * @param stored their copies
 */
record WarmModule(PtSymbolBlock module, List<Trained> parameters, IValue live, IValue stored) {

    /** Compiled once for the process. */
    private static final class Compiled {

        static final Script SCRIPT = Script.compile(WarmModule.class, "restoring.py", "Restoring");
    }

    WarmModule {
        parameters = List.copyOf(parameters);
    }

    /** @param isTrained as the archive has it, before a search has frozen it */
    private record Trained(PtNDArray parameter, boolean isTrained) {

        static Trained of(NDArray parameter) {
            return new Trained((PtNDArray) parameter, JniUtils.requiresGrad((PtNDArray) parameter));
        }

        void restore() {
            if (JniUtils.requiresGrad(parameter) != isTrained) {
                JniUtils.attachGradient(parameter, isTrained);
            }
        }
    }

    /**
     * @param further tensors of the module, beside its parameters
     * @param owner of the module and of the copies
     */
    static WarmModule of(PtSymbolBlock module, List<PtNDArray> further, NDManager owner) {
        List<NDArray> state = new ArrayList<>();
        module.getDirectParameters().forEach(named -> state.add(named.getValue().getArray()));
        List<Trained> parameters = state.stream().map(Trained::of).toList();
        state.addAll(further);
        List<NDArray> copies = state.stream().map(NDArray::duplicate).toList();
        copies.forEach(copy -> copy.attach(owner));
        Values values = new Values(owner);
        return new WarmModule(module, parameters, values.tensors(state), values.tensors(copies));
    }

    PtSymbolBlock restored() {
        Compiled.SCRIPT.run("restore", live, stored).close();
        parameters.forEach(Trained::restore);
        return module;
    }
}
