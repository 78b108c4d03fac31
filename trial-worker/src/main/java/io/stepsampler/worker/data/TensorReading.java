package io.stepsampler.worker.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies tensors from a file into memory of PyTorch's own, piece by piece, so that none of it shares memory with the
 * file or passes through the heap.
 */
final class TensorReading {

    private TensorReading() {}

    /** By name, in the order of the file; floats as float32, integers as int64, bool as bool. */
    static Map<String, NDArray> read(SafetensorsHeader header, DigestedChannel content, NDManager manager)
            throws IOException {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        List<NDArray> unfinished = new ArrayList<>();
        try {
            for (StoredTensor stored : header.tensors()) {
                NDArray tensor = read(stored, content, manager);
                unfinished.add(tensor);
                tensors.put(stored.name(), tensor);
            }
            unfinished.clear();
            return tensors;
        } finally {
            unfinished.forEach(NDArray::close);
        }
    }

    /** The one that comes next. */
    static NDArray read(StoredTensor stored, DigestedChannel content, NDManager manager) throws IOException {
        NDArray tensor = manager.create(stored.shape(), stored.type().trained());
        try {
            fill(tensor, stored, content, manager);
        } catch (IOException | RuntimeException e) {
            tensor.close();
            throw e;
        }
        tensor.setName(stored.name());
        return tensor;
    }

    private static void fill(NDArray tensor, StoredTensor stored, DigestedChannel content, NDManager manager)
            throws IOException {
        StoredType type = stored.type();
        long numbers = stored.shape().size();
        int most = DigestedChannel.PIECE / type.bytes();
        try (NDManager pieces = manager.newSubManager()) {
            NDArray flat = tensor.reshape(numbers);
            flat.attach(pieces);
            for (long from = 0; from < numbers; from += most) {
                int count = (int) Math.min(most, numbers - from);
                try (NDManager step = pieces.newSubManager()) {
                    NDArray piece = step.create(
                            type.loadable(content.read(count * type.bytes())), new Shape(count), type.loaded());
                    flat.set(new NDIndex().addSliceDim(from, from + count), piece.toType(type.trained(), false));
                }
            }
        }
    }
}
