package io.stepsampler.worker.network;

import io.stepsampler.worker.network.Layout.Place;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors of torchvision's {@code resnet18}, in the order of its {@code state_dict}, and its initialisation:
 * convolutions normal with variance 2 / (outputs · side²), the last layer uniform within 1/√inputs.
 */
final class ResNet18Layout {

    static final int LAYERS = 4;
    static final int BLOCKS = 2;

    private static final int STEM_CHANNELS = 64;
    private static final int RGB = 3;

    private static final int FEATURES = 512;

    private final Map<String, Place> places = new LinkedHashMap<>();

    private ResNet18Layout() {}

    static Layout of(int classes) {
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
        Draw head = new Draw.Uniform(1 / StrictMath.sqrt(FEATURES));
        layout.places.put("fc.weight", Place.parameter(head, classes, FEATURES));
        layout.places.put("fc.bias", Place.parameter(head, classes));
        return new Layout(layout.places);
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

    private void convolution(String name, long to, long from, long side) {
        Draw draw = Draw.Normal.of(StrictMath.sqrt(2.0 / (to * side * side)));
        places.put(name + ".weight", Place.parameter(draw, to, from, side, side));
    }

    private void batchNorm(String name, int channels) {
        places.put(name + ".weight", Place.parameter(Draw.ONES, channels));
        places.put(name + ".bias", Place.parameter(Draw.ZEROS, channels));
        places.put(name + ".running_mean", Place.buffer(Draw.ZEROS, channels));
        places.put(name + ".running_var", Place.buffer(Draw.ONES, channels));
    }
}
