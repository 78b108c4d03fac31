package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.stepsampler.worker.network.Network.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Scaled dot-product attention of several heads (Vaswani et al. 2017): softmax(Q·Kᵀ/√d + M)·V for each head, where d is
 * the width of a head and M, the mask, is 0 or the lowest float. All heads of all rows go through one batched product.
 */
record Attention(Tensors tensors, int heads, double dropout) {

    private static final double LOWEST = -Float.MAX_VALUE;

    /** The linear layers of one attention by their names. */
    record Layers(String query, String key, String value, String output) {}

    /**
     * @param queries (N, T, width)
     * @param memory (N, S, width), which is {@code queries} itself in self-attention
     * @param mask as {@link #padding} or {@link #causal} give it
     */
    PtNDArray attend(Layers layers, NDArray queries, NDArray memory, @Nullable NDArray mask, Mode mode) {
        Shape shape = queries.getShape();
        long headWidth = shape.get(2) / heads;
        NDArray query = Tensors.scale(tensors.linear(layers.query(), queries), 1 / Math.sqrt((double) headWidth));
        NDArray key = split(tensors.linear(layers.key(), memory));
        NDArray value = split(tensors.linear(layers.value(), memory));
        NDArray scores = JniUtils.bmm((PtNDArray) split(query), (PtNDArray) key.transpose(0, 2, 1));
        if (mask != null) {
            scores = scores.addi(mask);
        }
        PtNDArray weights = Tensors.dropout(scores.softmax(2), dropout, mode);
        NDArray context = JniUtils.bmm(weights, (PtNDArray) value)
                .reshape(shape.get(0), heads, shape.get(1), headWidth)
                .transpose(0, 2, 1, 3)
                .reshape(shape);
        return tensors.linear(layers.output(), context);
    }

    /** From (N, L, width) to (N · heads, L, width of a head). */
    private NDArray split(NDArray states) {
        Shape shape = states.getShape();
        long headWidth = shape.get(2) / heads;
        return states.reshape(shape.get(0), shape.get(1), heads, headWidth)
                .transpose(0, 2, 1, 3)
                .reshape(shape.get(0) * heads, shape.get(1), headWidth);
    }

    /** Hides the positions that are 0 in {@code kept} of shape (N, S), for every head: (N · heads, 1, S). */
    static NDArray padding(NDArray kept, int heads) {
        long rows = kept.getShape().get(0);
        long length = kept.getShape().get(1);
        return kept.eq(0)
                .toType(DataType.FLOAT32, false)
                .muli(LOWEST)
                .reshape(rows, 1, 1, length)
                .broadcast(rows, heads, 1, length)
                .reshape(rows * heads, 1, length);
    }

    /** Hides from each position those after it: (length, length). */
    static NDArray causal(long length, NDManager owner) {
        NDArray positions = owner.arange((int) length);
        return positions
                .gt(positions.reshape(length, 1))
                .toType(DataType.FLOAT32, false)
                .muli(LOWEST);
    }
}
