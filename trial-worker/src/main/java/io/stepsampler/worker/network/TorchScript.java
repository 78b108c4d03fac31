package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A TorchScript module. Its mode is set here, beneath DJL's block, which believes that a module just loaded trains
 * whatever its archive says. The forward is always DJL's training one: the other runs in PyTorch's inference mode.
 */
final class TorchScript implements Network {

    private final PtSymbolBlock module;
    private final ForwardSignature signature;
    private final List<Parameter> parameters;
    private @Nullable Mode current;

    TorchScript(PtSymbolBlock module, ForwardSignature signature, TiedParameters ties) {
        this.module = module;
        this.signature = signature;
        this.parameters = ties.of(trainable(module));
    }

    /** Every name that leads to a tensor that requires a gradient; what the archive has frozen stays frozen. */
    static List<Parameter> trainable(PtSymbolBlock module) {
        return module.getDirectParameters().stream()
                .map(named -> Parameter.of(named.getKey(), named.getValue().getArray()))
                .filter(parameter -> JniUtils.requiresGrad((PtNDArray) parameter.array()))
                .toList();
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public NDArray forward(NDList inputs, Mode mode) {
        return outputs(inputs, mode).singletonOrThrow();
    }

    NDList outputs(NDList inputs, Mode mode) {
        if (mode != current) {
            if (mode == Mode.TRAINING) {
                JniUtils.enableTrainingMode(module);
            } else {
                JniUtils.enableInferenceMode(module);
            }
            current = mode;
        }
        return IValueUtils.forward(module, unnamed(signature.ordered(inputs)), /* isTrain= */ true);
    }

    /** DJL makes lists, tuples and other methods of arrays with certain names; an alias has none. */
    private static NDList unnamed(NDList inputs) {
        return new NDList(inputs.stream().map(NDArray::stopGradient).toList());
    }
}
