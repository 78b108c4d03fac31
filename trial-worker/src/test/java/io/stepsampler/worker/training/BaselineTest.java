package io.stepsampler.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.worker.data.TensorFile;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.network.Network.Mode;
import io.stepsampler.worker.network.TorchScriptCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {

    @TempDir
    private Path folder;

    /** L = mean(log Σ exp z − z_y), worked out here in double precision. */
    @Test
    void atRateZeroAModelWithoutBatchNormGivesTheCheckpointsOwnLoss() throws IOException, Refusal {
        Dataset.Tensors data = Probes.fourNumbers(folder, 40);
        Model model = Probes.torchScript("linear");
        try (Trials trials = Trials.start(new TrialSettings(1, List.of(Path.of("/")), TorchScriptPolicy.ALLOWED))) {
            Measured baseline = (Measured) trials.run(
                            Probes.of(model, data, Loss.CrossEntropy.plain(), Probes.MOMENTUM, 8, 0),
                            new Cancellation())
                    .orElseThrow()
                    .outcome();
            assertThat(baseline.loss()).isCloseTo(ownLoss(data, model), Offset.offset(1e-6));
        }
    }

    private static double ownLoss(Dataset.Tensors data, Model model) throws IOException, Refusal {
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> tensors =
                    TensorFile.decode("data.train", data.train(), Files.readAllBytes(Path.of(data.train())), manager);
            CheckpointFile file = CheckpointFile.read(
                    (Checkpoint.Stored) model.checkpoint(), null, new Locations(List.of(Path.of("/"))));
            float[] answers = TorchScriptCheckpoint.of(file, manager)
                    .fresh(manager)
                    .forward(new NDList(Objects.requireNonNull(tensors.get("x"))), Mode.EVALUATION)
                    .toFloatArray();
            long[] classes = Objects.requireNonNull(tensors.get("y")).toLongArray();
            double total = 0;
            for (int row = 0; row < classes.length; row++) {
                double sum = 0;
                for (int i = 0; i < 3; i++) {
                    sum += Math.exp(answers[row * 3 + i]);
                }
                total += Math.log(sum) - answers[row * 3 + (int) classes[row]];
            }
            return total / classes.length;
        }
    }
}
