package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;

/**
 * Torchvision's {@code resnet18}: a stem, four layers of two basic blocks, the mean over the picture, a linear layer.
 * BatchNorm is called beneath DJL's block, whose momentum and epsilon are rounded to float before PyTorch sees them.
 */
final class ResNet18 implements Network {

    private static final double BATCH_NORM_MOMENTUM = 0.1;
    private static final double BATCH_NORM_EPSILON = 1e-5;

    private final Tensors tensors;

    ResNet18(Tensors tensors) {
        this.tensors = tensors;
    }

    @Override
    public List<Parameter> parameters() {
        return tensors.parameters();
    }

    @Override
    public NDArray forward(NDList inputs, Mode mode) {
        NDArray images = inputs.singletonOrThrow();
        NDArray features = Activation.relu(normalised("bn1", convolved("conv1", images, 2, 3), mode));
        features = Pool.maxPool2d(features, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), /* ceilMode= */ false);
        for (int layer = 1; layer <= ResNet18Layout.LAYERS; layer++) {
            for (int block = 0; block < ResNet18Layout.BLOCKS; block++) {
                int stride = layer > 1 && block == 0 ? 2 : 1;
                features = block("layer" + layer + "." + block, features, stride, mode);
            }
        }
        NDArray pooled = Pool.globalAvgPool2d(features);
        return Linear.linear(pooled, tensor("fc.weight"), tensor("fc.bias")).singletonOrThrow();
    }

    private NDArray block(String name, NDArray inputs, int stride, Mode mode) {
        NDArray inner = convolved(name + ".conv1", inputs, stride, 1);
        inner = Activation.relu(normalised(name + ".bn1", inner, mode));
        inner = normalised(name + ".bn2", convolved(name + ".conv2", inner, 1, 1), mode);
        NDArray shortcut = inputs;
        if (tensors.holds(name + ".downsample.0.weight")) {
            shortcut = convolved(name + ".downsample.0", inputs, stride, 0);
            shortcut = normalised(name + ".downsample.1", shortcut, mode);
        }
        return Activation.relu(inner.add(shortcut));
    }

    private NDArray convolved(String name, NDArray inputs, int stride, int padding) {
        return Conv2d.conv2d(
                        inputs, tensor(name + ".weight"), null, new Shape(stride, stride), new Shape(padding, padding))
                .singletonOrThrow();
    }

    private NDArray normalised(String name, NDArray inputs, Mode mode) {
        return JniUtils.batchNorm(
                (PtNDArray) inputs,
                tensor(name + ".running_mean"),
                tensor(name + ".running_var"),
                tensor(name + ".weight"),
                tensor(name + ".bias"),
                mode == Mode.TRAINING,
                BATCH_NORM_MOMENTUM,
                BATCH_NORM_EPSILON);
    }

    private PtNDArray tensor(String name) {
        return tensors.get(name);
    }
}
