package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The tensors of one network by name, and the layers that are no more than one or two of them. Beneath DJL's blocks,
 * which would copy. What a layer gives belongs to the manager of its input, not to that of the network.
 */
final class Tensors {

    private final Map<String, NDArray> byName;
    private final List<String> parameters;

    Tensors(Layout layout, Map<String, NDArray> byName) {
        this.byName = Map.copyOf(byName);
        this.parameters = layout.places().entrySet().stream()
                .filter(place -> !place.getValue().isBuffer())
                .map(Map.Entry::getKey)
                .toList();
    }

    List<Parameter> parameters() {
        return parameters.stream().map(name -> Parameter.of(name, get(name))).toList();
    }

    boolean holds(String name) {
        return byName.containsKey(name);
    }

    PtNDArray get(String name) {
        if (byName.get(name) instanceof PtNDArray tensor) {
            return tensor;
        }
        throw new IllegalArgumentException("the network has no tensor " + name);
    }

    PtNDArray linear(String layer, NDArray inputs) {
        return JniUtils.linear((PtNDArray) inputs, get(layer + ".weight"), get(layer + ".bias"));
    }

    PtNDArray normalised(String layer, NDArray inputs, double epsilon) {
        PtNDArray weight = get(layer + ".weight");
        return JniUtils.layerNorm((PtNDArray) inputs, weight.getShape(), weight, get(layer + ".bias"), epsilon);
    }

    /** Consecutive rows of a table. */
    PtNDArray rows(String table, long from, long to, NDManager owner) {
        PtNDArray rows = JniUtils.slice(get(table), 0, from, to, 1);
        rows.attach(owner);
        return rows;
    }

    /** The row of each token; those of the padding token take no gradient. */
    PtNDArray embedded(String table, NDArray tokens, OptionalInt padding) {
        PtNDArray embedded = JniUtils.embedding((PtNDArray) tokens, get(table), /* sparse= */ false);
        if (padding.isEmpty()) {
            return embedded;
        }
        NDArray isPadding = tokens.eq(padding.getAsInt());
        if (isPadding.any().getBoolean()) {
            NDArray constant = embedded.stopGradient();
            return JniUtils.where((PtNDArray) isPadding.expandDims(-1), (PtNDArray) constant, embedded);
        }
        return embedded;
    }

    /**
     * In place. Not by a Java number, which DJL keeps in a buffer of Java's only until the product is made, while the
     * gradient reads it later: whatever lies there by then.
     */
    static NDArray scale(NDArray inputs, double factor) {
        return inputs.muli(inputs.getManager().full(new Shape(), (float) factor));
    }

    static PtNDArray dropout(NDArray inputs, double probability, Network.Mode mode) {
        return mode == Network.Mode.EVALUATION || probability == 0
                ? (PtNDArray) inputs
                : JniUtils.dropout((PtNDArray) inputs, probability, /* training= */ true);
    }
}
