package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Model;
import io.stepsampler.worker.data.TensorFile;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The small networks that {@code make_networks.py} makes, and files of tensors for others. */
final class Networks {

    static final Locations EVERYWHERE = new Locations(List.of(Path.of("/")));

    static final Model.Bert.Options BERT = new Model.Bert.Options(null, 3, false, 20, 8, 2, 2, 12, 10, null, null);

    static final Model.Bart.Options BART =
            new Model.Bart.Options(null, 24, 8, 2, 1, 2, 4, 12, 10, 12, null, null, null);

    private Networks() {}

    static Path file(String name) {
        return Path.of("src/test/resources/networks", name + ".safetensors").toAbsolutePath();
    }

    static Map<String, NDArray> read(Path file, NDManager manager) throws Refusal, IOException {
        return TensorFile.decode("test", file.toString(), Files.readAllBytes(file), manager);
    }

    static Model.Bert bert(Checkpoint checkpoint, @Nullable String config, boolean allowNewHead, int classes) {
        return new Model.Bert(
                checkpoint,
                null,
                new Model.Bert.Options(config, classes, allowNewHead, 20, 8, 2, 2, 12, 10, null, null));
    }

    static Checkpointed open(Model.Bert model, NDManager manager) throws Refusal {
        return Families.bert(model, BertConfiguration.of(model, EVERYWHERE), EVERYWHERE, manager);
    }

    static Checkpointed open(Model.Bart model, NDManager manager) throws Refusal {
        return Families.bart(model, BartConfiguration.of(model, EVERYWHERE), EVERYWHERE, manager);
    }

    static Checkpoint stored(Path path) {
        return new Checkpoint.Stored(path.toString());
    }

    /** In the order of the map; float tensors as they are, all others as int64. */
    static Path write(Path file, Map<String, NDArray> tensors) throws IOException {
        StringJoiner header = new StringJoiner(",", "{", "}");
        ByteBuffer content = ByteBuffer.allocate(tensors.values().stream()
                        .mapToInt(tensor -> tensor.toByteBuffer().remaining())
                        .sum())
                .order(ByteOrder.LITTLE_ENDIAN);
        tensors.forEach((name, tensor) -> {
            int begin = content.position();
            content.put(tensor.toByteBuffer());
            header.add("\"" + name + "\":{\"dtype\":\"" + tensor.getDataType().asSafetensors() + "\",\"shape\":"
                    + Arrays.toString(tensor.getShape().getShape()) + ",\"data_offsets\":[" + begin + ","
                    + content.position() + "]}");
        });
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        Files.write(
                file,
                ByteBuffer.allocate(Long.BYTES + json.length + content.capacity())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .put(content.array())
                        .array());
        return file;
    }
}
