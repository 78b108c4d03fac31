package io.stepsampler.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A folder with a small network with dropout, and examples that it can hardly learn: one seed leaves much open. */
final class NoisyFolder {

    private static final Path MODEL = Path.of("../../trial-worker/src/test/resources/models/batchnorm_dropout.pt");
    private static final int INPUTS = 4;
    private static final int CLASSES = 3;

    private NoisyFolder() {}

    static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.copy(MODEL, folder.resolve("model.pt"));
        Random random = new Random(3);
        writeExamples(folder.resolve("train.safetensors"), 400, random);
        writeExamples(folder.resolve("validation.safetensors"), 60, random);
        return folder;
    }

    private static void writeExamples(Path file, int rows, Random random) throws IOException {
        int inputBytes = rows * INPUTS * Float.BYTES;
        ByteBuffer content = ByteBuffer.allocate(inputBytes + rows * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < rows; row++) {
            int label = random.nextInt(CLASSES);
            for (int input = 0; input < INPUTS; input++) {
                content.putFloat((row * INPUTS + input) * Float.BYTES, (float)
                        (random.nextGaussian() + (input == label ? 1 : 0)));
            }
            content.putLong(inputBytes + row * Long.BYTES, label);
        }
        byte[] header = ("{\"x\":{\"dtype\":\"F32\",\"shape\":[" + rows + "," + INPUTS + "],\"data_offsets\":[0,"
                        + inputBytes + "]},\"y\":{\"dtype\":\"I64\",\"shape\":[" + rows + "],\"data_offsets\":["
                        + inputBytes + "," + content.capacity() + "]}}")
                .getBytes(StandardCharsets.UTF_8);
        try (OutputStream output = Files.newOutputStream(file)) {
            output.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            output.write(header);
            output.write(content.array());
        }
    }
}
