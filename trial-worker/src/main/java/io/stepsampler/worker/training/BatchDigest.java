package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.input.Digest;
import java.util.List;

/** SHA-256 of names, types, shapes and numbers of batches, in order. */
final class BatchDigest {

    private BatchDigest() {}

    static String of(List<Batch> batches) {
        Digest digest = new Digest();
        for (Batch batch : batches) {
            batch.inputs().forEach(input -> add(digest, input));
            NDArray targets = batch.targets();
            if (targets != null) {
                add(digest, targets);
            }
        }
        return digest.hex();
    }

    private static void add(Digest digest, NDArray array) {
        String name = array.getName();
        digest.add((name == null ? "" : name) + array.getDataType() + array.getShape());
        digest.add(array.toByteBuffer());
    }
}
