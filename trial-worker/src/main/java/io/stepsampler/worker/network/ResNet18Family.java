package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import io.stepsampler.worker.data.SplitMix64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Torchvision's {@code resnet18} with a head of so many classes. */
record ResNet18Family(int classes, boolean allowsNewHead, Layout layout) implements Family {

    static ResNet18Family of(int classes, boolean allowsNewHead) {
        return new ResNet18Family(classes, allowsNewHead, ResNet18Layout.of(classes));
    }

    @Override
    public String description() {
        return "a resnet18 with " + classes + " classes";
    }

    /** One stream for all tensors in turn. */
    @Override
    public IntFunction<SplitMix64> streams(long seed) {
        SplitMix64 one = SplitMix64.of(seed, 0);
        return tensor -> one;
    }

    @Override
    public Map<String, NDArray> named(Map<String, NDArray> stored, String location) {
        Map<String, NDArray> named = new LinkedHashMap<>(stored);
        named.keySet().removeIf(name -> name.endsWith(".num_batches_tracked"));
        return named;
    }

    @Override
    public boolean isHead(String name) {
        return name.startsWith("fc.");
    }

    @Override
    public boolean isOtherHead(String name) {
        return false;
    }

    @Override
    public Network network(Map<String, NDArray> tensors) {
        return new ResNet18(new Tensors(layout, tensors));
    }
}
