package io.stepsampler.worker.network;

import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and shapes of the tensors of torchvision's {@code resnet18}, in the order of its {@code state_dict}. */
final class ResNet18Layout {

    static final int LAYERS = 4;
    static final int BLOCKS = 2;

    private static final int STEM_CHANNELS = 64;
    private static final int RGB = 3;

    private final Map<String, Shape> shapes = new LinkedHashMap<>();

    private ResNet18Layout() {}

    static Map<String, Shape> shapes(int classes) {
        ResNet18Layout layout = new ResNet18Layout();
        layout.convolution("conv1", STEM_CHANNELS, RGB, 7);
        layout.batchNorm("bn1", STEM_CHANNELS);
        int channels = STEM_CHANNELS;
        for (int layer = 1; layer <= LAYERS; layer++) {
            for (int block = 0; block < BLOCKS; block++) {
                int width = STEM_CHANNELS << (layer - 1);
                layout.block("layer" + layer + "." + block, channels, width);
                channels = width;
            }
        }
        layout.shapes.put("fc.weight", new Shape(classes, channels));
        layout.shapes.put("fc.bias", new Shape(classes));
        return layout.shapes;
    }

    static boolean isBuffer(String name) {
        return name.endsWith(".running_mean") || name.endsWith(".running_var");
    }

    private void block(String name, int from, int to) {
        convolution(name + ".conv1", to, from, 3);
        batchNorm(name + ".bn1", to);
        convolution(name + ".conv2", to, to, 3);
        batchNorm(name + ".bn2", to);
        if (from != to) {
            convolution(name + ".downsample.0", to, from, 1);
            batchNorm(name + ".downsample.1", to);
        }
    }

    private void convolution(String name, int to, int from, int side) {
        shapes.put(name + ".weight", new Shape(to, from, side, side));
    }

    private void batchNorm(String name, int channels) {
        for (String tensor : new String[] {".weight", ".bias", ".running_mean", ".running_var"}) {
            shapes.put(name + tensor, new Shape(channels));
        }
    }
}
