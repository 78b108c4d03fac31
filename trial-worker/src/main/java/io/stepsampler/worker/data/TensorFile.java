package io.stepsampler.worker.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.stepsampler.worker.input.Refusal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** The named tensors of an {@code .npz} or {@code .safetensors} file. */
public final class TensorFile {

    private static final int LENGTH_BYTES = Long.BYTES;

    private TensorFile() {}

    /**
     * @param key where the search file names the file
     * @param manager owns the tensors
     */
    public static Map<String, NDArray> decode(String key, String location, byte[] content, NDManager manager)
            throws Refusal {
        requireKnownFormat(key, location, content);
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        try {
            for (NDArray tensor : NDList.decode(manager, content)) {
                tensors.put(String.valueOf(tensor.getName()), tensor);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            throw malformed(key, location, String.valueOf(e.getMessage()));
        }
        return tensors;
    }

    private static void requireKnownFormat(String key, String location, byte[] content) throws Refusal {
        if (content.length > 2 && content[0] == 'P' && content[1] == 'K') {
            return;
        }
        if (content.length <= LENGTH_BYTES || content[LENGTH_BYTES] != '{') {
            throw malformed(key, location, "it begins like neither");
        }
        long headerBytes =
                ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (headerBytes < 0 || headerBytes > content.length - LENGTH_BYTES) {
            throw malformed(key, location, "its header claims " + headerBytes + " bytes of " + content.length);
        }
    }

    private static Refusal malformed(String key, String location, String reason) {
        return Refusal.badInput(key, location, "it must be a whole .npz or .safetensors file (" + reason + ")");
    }
}
