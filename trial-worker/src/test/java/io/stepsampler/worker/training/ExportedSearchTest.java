package io.stepsampler.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.messages.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code export_batches.py} wrote of a model, a collate function and a loss of its user gives PyTorch's losses. */
class ExportedSearchTest {

    private static final Path FOLDER = Path.of("src/test/resources/export").toAbsolutePath();
    private static final int STEPS = 6;

    /** A line: the rate, the validation loss, then the loss of each step. */
    static Stream<List<Double>> lines() throws IOException {
        return Files.readAllLines(FOLDER.resolve("losses.csv")).stream()
                .map(line -> Arrays.stream(line.split(",")).map(Double::valueOf).toList());
    }

    @ParameterizedTest
    @MethodSource("lines")
    void paddedBatchesAndALossOfTheirOwnGivePyTorchsLosses(List<Double> line) {
        Measured measured = (Measured) outcome(null, line.get(0));
        assertThat(measured.loss()).isCloseTo(line.get(1), Offset.offset(1e-6));
        for (int step = 0; step < STEPS; step++) {
            assertThat(measured.stepLosses().get(step)).isCloseTo(line.get(step + 2), Offset.offset(1e-6));
        }
    }

    /** The mean over tokens is no mean over rows of so many tokens each. */
    @Test
    void aLossThatIsNoMeanOverRowsIsNotTrainedInParts() {
        assertThat(((Failed) outcome(3, 1e-3)).text())
                .startsWith("training.microBatchSize is 3: the module's loss of the first batch is ")
                .contains(" as the mean of its parts;")
                .endsWith("; with the loss output it must be a mean over rows");
    }

    private static Outcome outcome(@Nullable Integer microBatchSize, double rate) {
        Path search = FOLDER.resolve("search");
        Model model = new Model.TorchScript(
                new Checkpoint.Stored(search.resolve("model.pt").toString()), null);
        Dataset data = new Dataset.Batches(
                search.resolve("train").toString(),
                search.resolve("validation").toString(),
                null,
                new Dataset.Batches.Options(1024));
        Optimizer adam = new Optimizer.Adam(List.of(0.9, 0.999), 1e-8, 0);
        Training training =
                new Training(new Loss.Output(), adam, 4, microBatchSize, STEPS, false, 0, null, List.of(), 17);
        try (Trials trials = Trials.start(Probes.everything())) {
            return trials.run(Probes.of(model, data, training, rate), new Cancellation())
                    .orElseThrow()
                    .outcome();
        }
    }
}
