package io.stepsampler.worker.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A safetensors file whose header has been checked against its size. */
public final class SafetensorsFile {

    private final TensorSource source;
    private final Path path;
    private final SafetensorsHeader header;

    private SafetensorsFile(TensorSource source, Path path, SafetensorsHeader header) {
        this.source = source;
        this.path = path;
        this.header = header;
    }

    /**
     * What was read.
     *
     * @param tensors by name, owned by the manager that they were read with
     * @param digest SHA-256 of the very bytes that they were made of
     */
    public record Contents(Map<String, NDArray> tensors, String digest) {

        public Contents {
            tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        }
    }

    /** @param key where the search file names the file */
    public static SafetensorsFile open(String key, String location, Path path) throws Refusal {
        return open(TensorSource.safetensors(key, location), path);
    }

    static SafetensorsFile open(TensorSource source, Path path) throws Refusal {
        try (DigestedChannel content = new DigestedChannel(FileChannel.open(path))) {
            return new SafetensorsFile(source, path, SafetensorsHeader.read(source, content, Files.size(path)));
        } catch (IOException e) {
            throw source.malformed(String.valueOf(e.getMessage()));
        }
    }

    /** As they are stored, by name in the order of the file. */
    public Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        header.tensors().forEach(tensor -> shapes.put(tensor.name(), tensor.shape()));
        return shapes;
    }

    /** Such as F32, by name in the order of the file. */
    public Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        header.tensors()
                .forEach(tensor -> types.put(tensor.name(), tensor.type().name()));
        return types;
    }

    /** All tensors: floats as float32, integers as int64, bool as bool. */
    public Contents read(NDManager manager) throws Refusal {
        try (DigestedChannel content = new DigestedChannel(FileChannel.open(path))) {
            SafetensorsHeader now = SafetensorsHeader.read(source, content, Files.size(path));
            if (!now.equals(header)) {
                throw source.malformed("it has changed since it was first read");
            }
            return new Contents(TensorReading.read(header, content, manager), content.digest());
        } catch (IOException e) {
            throw source.malformed(String.valueOf(e.getMessage()));
        }
    }

    /** SHA-256 of the whole file as it is now, in a pass of its own. */
    public String digest() throws Refusal {
        try (DigestedChannel content = new DigestedChannel(FileChannel.open(path))) {
            for (long left = Files.size(path); left > 0; left -= DigestedChannel.PIECE) {
                content.read((int) Math.min(left, DigestedChannel.PIECE));
            }
            return content.digest();
        } catch (IOException e) {
            throw source.malformed(String.valueOf(e.getMessage()));
        }
    }
}
