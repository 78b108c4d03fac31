package io.stepsampler.worker.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stepsampler.worker.input.Refusal;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** The named tensors of an {@code .npz} or {@code .safetensors} file, told apart by how it begins. */
public final class TensorFile {

    private static final int LENGTH_BYTES = Long.BYTES;

    private TensorFile() {}

    /**
     * Of a file that may be larger than the heap.
     *
     * @param key where the search file names the file
     * @param manager owns the tensors
     */
    public static Map<String, NDArray> read(String key, String location, Path path, NDManager manager) throws Refusal {
        TensorSource source = TensorSource.either(key, location);
        try (InputStream content = new BufferedInputStream(Files.newInputStream(path))) {
            content.mark(LENGTH_BYTES + 1);
            byte[] beginning = content.readNBytes(LENGTH_BYTES + 1);
            content.reset();
            if (isArchive(source, beginning)) {
                return NumpyArchive.read(source, content, manager);
            }
        } catch (IOException e) {
            throw source.malformed(String.valueOf(e.getMessage()));
        }
        return SafetensorsFile.open(source, path).read(manager).tensors();
    }

    /** Of what has been read already. */
    public static Map<String, NDArray> decode(String key, String location, byte[] content, NDManager manager)
            throws Refusal {
        TensorSource source = TensorSource.either(key, location);
        InputStream stream = new ByteArrayInputStream(content);
        boolean archive = isArchive(source, Arrays.copyOf(content, Math.min(content.length, LENGTH_BYTES + 1)));
        try (DigestedChannel channel = new DigestedChannel(Channels.newChannel(stream))) {
            if (archive) {
                return NumpyArchive.read(source, stream, manager);
            }
            SafetensorsHeader header = SafetensorsHeader.read(source, channel, content.length);
            return TensorReading.read(header, channel, manager);
        } catch (IOException e) {
            throw source.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isArchive(TensorSource source, byte[] beginning) throws Refusal {
        if (beginning.length > 2 && beginning[0] == 'P' && beginning[1] == 'K') {
            return true;
        }
        if (beginning.length <= LENGTH_BYTES || beginning[LENGTH_BYTES] != '{') {
            throw source.malformed("it begins like neither");
        }
        return false;
    }
}
