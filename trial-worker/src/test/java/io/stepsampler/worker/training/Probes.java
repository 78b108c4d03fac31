package io.stepsampler.worker.training;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeIdentity;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.Training;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Small searches for tests, and the files that they name. */
public final class Probes {

    public static final UUID SEARCH = new UUID(1, 2);
    static final Optimizer MOMENTUM = new Optimizer.Sgd(0.9, 0, 0, false);
    static final int STEPS = 6;

    private Probes() {}

    public static Probe ofReplay(String curve) {
        Model model = new Model.Replay(new Checkpoint.Stored(curve), new Model.Replay.Options(0));
        return of(model, null, Loss.CrossEntropy.plain(), MOMENTUM, 1, 0);
    }

    static Probe of(Model model, @Nullable Dataset data, Loss loss, Optimizer optimizer, int batchSize, double rate) {
        return of(model, data, Training.plain(loss, optimizer, batchSize, STEPS, 17), rate);
    }

    static Probe of(Model model, @Nullable Dataset data, Training training, double rate) {
        return of(model, data, training, new ProbeKind.ConstantRate(rate), training.steps());
    }

    static Probe of(Model model, @Nullable Dataset data, Training training, ProbeKind kind, int steps) {
        return new Probe(
                ProbeIdentity.of(SEARCH, kind, training.seed(), steps),
                SEARCH,
                "local",
                "default",
                kind,
                0,
                training.seed(),
                steps,
                1,
                false,
                null,
                model,
                data,
                training);
    }

    /** Of a worker that reads every file and runs every archive, with one thread. */
    public static TrialSettings everything() {
        return new TrialSettings(1, List.of(Path.of("/")), TorchScriptPolicy.ALLOWED);
    }

    public static Model torchScript(String name) {
        return new Model.TorchScript(
                new Checkpoint.Stored(Path.of("src/test/resources/models", name + ".pt")
                        .toAbsolutePath()
                        .toString()),
                null);
    }

    /** Rows of four numbers drawn from a seed, and the class 0, 1 or 2 that their first three are largest in. */
    static Dataset.Tensors fourNumbers(Path folder, int rows) throws IOException {
        Path file = folder.resolve("four-numbers.safetensors");
        Random random = new Random(5);
        ByteBuffer content =
                ByteBuffer.allocate(rows * (4 * Float.BYTES + Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        long[] classes = new long[rows];
        for (int row = 0; row < rows; row++) {
            float[] numbers = new float[4];
            for (int i = 0; i < 4; i++) {
                numbers[i] = (float) random.nextGaussian();
                content.putFloat(numbers[i]);
            }
            classes[row] =
                    numbers[0] > numbers[1] ? (numbers[0] > numbers[2] ? 0 : 2) : (numbers[1] > numbers[2] ? 1 : 2);
        }
        for (long label : classes) {
            content.putLong(label);
        }
        int end = rows * 4 * Float.BYTES;
        String header = "{\"x\":{\"dtype\":\"F32\",\"shape\":[" + rows + ",4],\"data_offsets\":[0," + end
                + "]},\"y\":{\"dtype\":\"I64\",\"shape\":[" + rows + "],\"data_offsets\":[" + end + ","
                + content.capacity() + "]}}";
        writeSafetensors(file, header, content.array());
        return tensors(file, file);
    }

    static Dataset.Tensors tensors(Path train, Path validation) {
        return new Dataset.Tensors(
                train.toString(), validation.toString(), null, new Dataset.Tensors.Options(1024, true));
    }

    static void writeSafetensors(Path file, String header, byte[] content) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        try (OutputStream output = Files.newOutputStream(file)) {
            output.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(json.length)
                    .array());
            output.write(json);
            output.write(content);
        }
    }
}
