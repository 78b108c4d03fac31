package io.stepsampler.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.messages.Training;
import io.stepsampler.messages.Training.ParameterGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole trials give PyTorch's losses; {@code reference/make_reference.py} computed them. */
class TrainingAgainstTorchTest {

    private static final Path FOLDER = Path.of("src/test/resources/reference").toAbsolutePath();
    private static final int BATCH = 8;
    private static final int STEPS = 6;
    private static final double RATE = 0.05;
    private static final Loss CROSS_ENTROPY = Loss.CrossEntropy.plain();
    private static final Optimizer SGD = Probes.MOMENTUM;
    private static final Optimizer ADAMW = new Optimizer.AdamW(List.of(0.9, 0.999), 1e-8, 0.1);
    private static final List<ParameterGroup> GROUPS = List.of(
            new ParameterGroup("^0\\.weight$", 1, null, true),
            new ParameterGroup("bias$", 1, 0.0, false),
            new ParameterGroup("^2\\.", 10, null, false));

    static Stream<Arguments> trainings() {
        return Stream.of(
                training("plain", "classes", SGD, 0, null, null, List.of()),
                training("clipped", "classes", SGD, 0, null, 0.1, List.of()),
                training("groups", "classes", ADAMW, 0, null, null, GROUPS),
                training("warm-up", "classes", ADAMW, 4, null, null, List.of()),
                training("micro-batches", "classes", SGD, 0, 3, null, List.of()),
                training("ignored", "ignored", SGD, 0, 3, null, List.of()),
                Arguments.of(
                        "smoothed",
                        "ignored",
                        Training.plain(new Loss.CrossEntropy(0.1, -100L), SGD, BATCH, STEPS, 0),
                        RATE),
                Arguments.of("rmsprop", "classes", plain(new Optimizer.RmsProp(0.99, 1e-8, 0, 0.9, true)), RATE * 0.1),
                Arguments.of("adagrad", "classes", plain(new Optimizer.Adagrad(0.1, 0, 0, 1e-10)), RATE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trainings")
    void aTrialGivesPyTorchsLosses(String name, String file, Training training, double rate) throws IOException {
        List<Double> expected = Files.readAllLines(FOLDER.resolve("losses.csv")).stream()
                .filter(line -> line.startsWith(name + ","))
                .flatMap(line -> Arrays.stream(line.split(",")).skip(1))
                .map(Double::parseDouble)
                .toList();
        Measured measured = measure(file, training, rate);
        assertThat(measured.loss()).isCloseTo(expected.get(0), Offset.offset(1e-6));
        for (int step = 0; step < STEPS; step++) {
            assertThat(measured.stepLosses().get(step)).isCloseTo(expected.get(step + 1), Offset.offset(1e-6));
        }
    }

    private static Measured measure(String file, Training training, double rate) {
        String data = FOLDER.resolve(file + ".safetensors").toString();
        Model model = new Model.TorchScript(
                new Checkpoint.Stored(FOLDER.resolve("network.pt").toString()), null);
        Dataset dataset = new Dataset.Tensors(data, data, null, new Dataset.Tensors.Options(1024, false));
        try (Trials trials = Trials.start(Probes.everything())) {
            return (Measured) trials.run(Probes.of(model, dataset, training, rate), new Cancellation())
                    .orElseThrow()
                    .outcome();
        }
    }

    private static Training plain(Optimizer optimizer) {
        return Training.plain(CROSS_ENTROPY, optimizer, BATCH, STEPS, 0);
    }

    private static Arguments training(
            String name,
            String file,
            Optimizer optimizer,
            int warmupSteps,
            @org.jspecify.annotations.Nullable Integer microBatchSize,
            @org.jspecify.annotations.Nullable Double clipNorm,
            List<ParameterGroup> groups) {
        Training training = new Training(
                CROSS_ENTROPY, optimizer, BATCH, microBatchSize, STEPS, false, warmupSteps, clipNorm, groups, 0);
        return Arguments.of(name, file, training, RATE);
    }
}
