package io.stepsampler.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.messages.Training;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trial A, then B, then A again gives A's losses bit for bit, with dropout at work. */
class SequenceResetTest {

    private static final int ROWS = 4;
    private static final int VOCABULARY = 40;
    private static final Optimizer ADAMW = new Optimizer.AdamW(List.of(0.9, 0.999), 1e-8, 0.01);

    @TempDir
    private Path folder;

    @Test
    void aBertForgetsTheTrialBefore() throws IOException {
        Model model = new Model.Bert(
                new Checkpoint.Fresh(1),
                null,
                new Model.Bert.Options(null, 3, false, VOCABULARY, 16, 2, 2, 24, 12, 0.1, 0.1));
        requireForgetting(model, Map.of("input_ids", 6, "attention_mask", 6), 0);
    }

    @Test
    void aBartForgetsTheTrialBefore() throws IOException {
        Model model = new Model.Bart(
                new Checkpoint.Fresh(1),
                null,
                new Model.Bart.Options(null, VOCABULARY, 16, 1, 2, 2, 2, 24, 24, 12, 0.1, 0.1, 0.1));
        requireForgetting(model, Map.of("input_ids", 6, "decoder_input_ids", 5), 5);
    }

    private void requireForgetting(Model model, Map<String, Integer> inputs, int targetLength) throws IOException {
        for (int batch = 0; batch < 3; batch++) {
            write(folder.resolve(batch + ".safetensors"), inputs, targetLength, batch);
        }
        Dataset data =
                new Dataset.Batches(folder.toString(), folder.toString(), null, new Dataset.Batches.Options(1024));
        Training training = Training.plain(Loss.CrossEntropy.plain(), ADAMW, ROWS, 5, 17);
        try (Trials trials = Trials.start(Probes.everything())) {
            Outcome first = run(trials, model, data, training, 1e-3);
            Outcome other = run(trials, model, data, training, 0.1);
            Outcome again = run(trials, model, data, training, 1e-3);
            assertThat(first).isInstanceOf(Measured.class).isNotEqualTo(other);
            assertThat(again).isEqualTo(first);
        }
    }

    private static Outcome run(Trials trials, Model model, Dataset data, Training training, double rate) {
        return trials.run(Probes.of(model, data, training, rate), new Cancellation())
                .orElseThrow()
                .outcome();
    }

    /** @param targetLength 0 for one class a row */
    private static void write(Path file, Map<String, Integer> inputs, int targetLength, long seed) throws IOException {
        Random random = new Random(seed);
        Map<String, long[]> tensors = new LinkedHashMap<>();
        inputs.forEach((name, length) -> tensors.put(
                name,
                random.longs(ROWS * (long) length, 3, VOCABULARY)
                        .map(token -> name.equals("attention_mask") ? 1 : token)
                        .toArray()));
        tensors.put(
                "y", random.longs(ROWS * (long) Math.max(1, targetLength), 0, 3).toArray());
        StringJoiner header = new StringJoiner(",", "{", "}");
        int offset = 0;
        for (Map.Entry<String, long[]> tensor : tensors.entrySet()) {
            int end = offset + tensor.getValue().length * Long.BYTES;
            boolean flat = tensor.getKey().equals("y") && targetLength == 0;
            String shape = flat ? "[" + ROWS + "]" : "[" + ROWS + "," + tensor.getValue().length / ROWS + "]";
            header.add("\"" + tensor.getKey() + "\":{\"dtype\":\"I64\",\"shape\":" + shape + ",\"data_offsets\":["
                    + offset + "," + end + "]}");
            offset = end;
        }
        ByteBuffer content = ByteBuffer.allocate(offset).order(ByteOrder.LITTLE_ENDIAN);
        tensors.values().forEach(numbers -> {
            for (long number : numbers) {
                content.putLong(number);
            }
        });
        Files.createDirectories(file.getParent());
        Probes.writeSafetensors(file, header.toString(), content.array());
    }
}
