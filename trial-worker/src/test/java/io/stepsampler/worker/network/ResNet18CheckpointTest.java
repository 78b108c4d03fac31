package io.stepsampler.worker.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Checkpoint;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.network.Network.Mode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResNet18CheckpointTest {

    private static final int CLASSES = 2;

    @TempDir
    private Path folder;

    @Test
    void aFileAnswersAsTheSeedDoesThatItsTensorsWereDrawnFrom() throws Exception {
        Path file = folder.resolve("resnet18.safetensors");
        write(file, 7);
        CheckpointFile stored =
                CheckpointFile.read(new Checkpoint.Stored(file.toString()), null, new Locations(List.of(Path.of("/"))));
        try (NDManager manager = NDManager.newBaseManager()) {
            Checkpointed read = ResNet18Checkpoint.fromFile(stored, CLASSES, manager);
            Checkpointed drawn = ResNet18Checkpoint.fromSeed(7, CLASSES, manager);
            assertThat(answer(read, manager)).containsExactly(answer(drawn, manager));
        }
    }

    private static float[] answer(Checkpointed checkpoint, NDManager manager) {
        NDArray picture = manager.ones(new Shape(1, 3, 32, 32));
        return checkpoint
                .fresh(manager)
                .forward(new NDList(picture), Mode.EVALUATION)
                .toFloatArray();
    }

    /** With a counter of batches, as torchvision's own files have. */
    private static void write(Path file, long seed) throws IOException {
        ResNet18Initialisation initialisation = new ResNet18Initialisation(seed);
        StringJoiner header = new StringJoiner(",", "{", "}");
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(new byte[Long.BYTES]);
        header.add("\"bn1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}");
        for (Map.Entry<String, Shape> place : ResNet18Layout.shapes(CLASSES).entrySet()) {
            float[] values = initialisation.next(place.getKey(), place.getValue());
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            int from = content.size();
            content.write(bytes.array());
            header.add("\"" + place.getKey() + "\":{\"dtype\":\"F32\",\"shape\":"
                    + List.of(java.util.Arrays.stream(place.getValue().getShape())
                            .boxed()
                            .toArray())
                    + ",\"data_offsets\":[" + from + "," + content.size() + "]}");
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer whole =
                ByteBuffer.allocate(Long.BYTES + json.length + content.size()).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(
                file,
                whole.putLong(json.length).put(json).put(content.toByteArray()).array());
    }
}
