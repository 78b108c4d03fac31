package io.stepsampler.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.messages.Training;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be trained is refused in one sentence with the key, the value and what is allowed. */
class RefusalsTest {

    private static final Loss CROSS_ENTROPY = Loss.CrossEntropy.plain();

    @TempDir
    private Path folder;

    private Dataset.Tensors data;

    @BeforeEach
    void write() throws IOException {
        data = Probes.fourNumbers(folder, 40);
    }

    @Test
    void aBatchLargerThanTheDataIsRefused() {
        assertThat(failure(Probes.torchScript("linear"), data, CROSS_ENTROPY, 41))
                .isEqualTo(new Failed(
                        Code.BAD_INPUT,
                        "training.batchSize",
                        "41",
                        "training.batchSize is 41: data.train holds 40 examples; allowed is 1 to 40"));
    }

    @Test
    void aModuleWithoutParametersIsRefused() {
        assertThat(failure(Probes.torchScript("no_parameter"), data, CROSS_ENTROPY, 8)
                        .text())
                .endsWith("no_parameter.pt: the module must have a parameter that requires a gradient");
    }

    @Test
    void aModuleWithTwoOutputsIsRefused() {
        assertThat(failure(Probes.torchScript("two_outputs"), data, CROSS_ENTROPY, 8)
                        .text())
                .endsWith("two_outputs.pt: the model must take one tensor of shape (8, 4) and answer with one;"
                        + " it answers with the shapes [(8, 3), (8, 4)] (seen in data.train " + data.train() + ")");
    }

    @Test
    void aTargetOfAnotherShapeIsRefusedWithBothShapes() {
        assertThat(failure(Probes.torchScript("linear"), data, new Loss.MeanSquaredError(), 8)
                        .text())
                .endsWith("y has the shape (8) and the model answers with (8, 3); they must be equal, or (N) against"
                        + " (N, 1)");
    }

    @Test
    void aChangedCheckpointIsRefused() {
        Checkpoint checkpoint = Probes.torchScript("linear").checkpoint();
        Failed failure = failure(new Model.TorchScript(checkpoint, "0123"), data, CROSS_ENTROPY, 8);
        assertThat(failure.key()).isEqualTo("model.sha256");
        assertThat(failure.text()).startsWith("model.sha256 is 0123: the file ").contains(" has the SHA-256 ");
    }

    @Test
    void aTruncatedArchiveIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of("src/test/resources/models/linear.pt"));
        Path half = Files.write(folder.resolve("half.pt"), java.util.Arrays.copyOf(whole, whole.length / 2));
        Failed failure =
                failure(new Model.TorchScript(new Checkpoint.Stored(half.toString()), null), data, CROSS_ENTROPY, 8);
        assertThat(failure.code()).isEqualTo(Code.BAD_INPUT);
        assertThat(failure.text())
                .startsWith(
                        "model.checkpoint is " + half + ": it must be an archive of torch.jit.save; PyTorch says: ");
    }

    @Test
    void aTensorFileWithABrokenHeaderIsRefused() throws IOException {
        Path broken = folder.resolve("broken.safetensors");
        Files.write(
                broken,
                ByteBuffer.allocate(40)
                        .put(new byte[] {-1, -1, -1, -1, -1, -1, -1, 127, '{'})
                        .array());
        assertThat(failure(Probes.torchScript("linear"), Probes.tensors(broken, broken), CROSS_ENTROPY, 8)
                        .text())
                .startsWith("data.train is " + broken
                        + ": it must be a whole .npz or .safetensors file (its header claims");
        Probes.writeSafetensors(
                broken, "{\"x\":{\"dtype\":\"F32\",\"shape\":[9999,4],\"data_offsets\":[0,16]}}", new byte[16]);
        assertThat(failure(Probes.torchScript("linear"), Probes.tensors(broken, broken), CROSS_ENTROPY, 8)
                        .code())
                .isEqualTo(Code.BAD_INPUT);
    }

    @Test
    void tensorsThatAreNotAResNetsAreNamed() {
        Model model =
                new Model.ResNet18(new Checkpoint.Stored(data.train()), null, new Model.ResNet18.Options(2, false));
        assertThat(failure(model, data, CROSS_ENTROPY, 8).text())
                .startsWith("model.checkpoint is " + data.train()
                        + ": its tensors are not those of a resnet18 with 2 classes: missing conv1.weight, bn1.weight,")
                .endsWith("and 94 more; left over x, y");
    }

    @Test
    void aMissingFileIsRefused() {
        Dataset missing = Probes.tensors(folder.resolve("missing.npz"), folder);
        assertThat(failure(Probes.torchScript("linear"), missing, CROSS_ENTROPY, 8)
                        .text())
                .isEqualTo("data.train is " + folder.resolve("missing.npz") + ": there is no such file or folder");
    }

    @Test
    void aDeploymentMayRefuseTorchScriptAndFiles() {
        TrialSettings closed = new TrialSettings(1, List.of(), TorchScriptPolicy.REFUSED);
        assertThat(failure(closed, Probes.torchScript("linear"), data, CROSS_ENTROPY, 8)
                        .code())
                .isEqualTo(Code.POLICY);
        Model resNet = new Model.ResNet18(new Checkpoint.Fresh(1), null, new Model.ResNet18.Options(2, false));
        assertThat(failure(closed, resNet, data, CROSS_ENTROPY, 8).text())
                .isEqualTo("data.train is " + data.train()
                        + ": this worker may read no files; stepsampler.roots allows them");
    }

    @Test
    void aTrialThatNeedsTooMuchMemoryFailsAndTheNextOneRuns() {
        try (Trials trials = Trials.start(everything())) {
            Failed failed = (Failed) run(trials, "hungry");
            assertThat(failed.code()).isEqualTo(Code.OUT_OF_MEMORY);
            assertThat(failed.text()).startsWith("the trial needs more memory than the worker has: ");
            assertThat(run(trials, "linear")).isInstanceOf(Measured.class);
        }
    }

    private Outcome run(Trials trials, String model) {
        return trials.run(
                        Probes.of(Probes.torchScript(model), data, CROSS_ENTROPY, Probes.MOMENTUM, 8, 1e-3),
                        new Cancellation())
                .orElseThrow()
                .outcome();
    }

    @Test
    void aGroupThatHoldsNoParameterIsRefused() {
        Training training = new Training(
                CROSS_ENTROPY,
                Probes.MOMENTUM,
                8,
                null,
                Probes.STEPS,
                false,
                0,
                null,
                List.of(new Training.ParameterGroup("biass", 1, 0.0, false)),
                17);
        try (Trials trials = Trials.start(everything())) {
            assertThat(trials.run(Probes.of(Probes.torchScript("linear"), data, training, 1e-3), new Cancellation())
                            .orElseThrow()
                            .outcome())
                    .isEqualTo(new Failed(
                            Code.BAD_INPUT,
                            "training.groups.match",
                            "biass",
                            "training.groups.match is biass: no parameter is left whose name holds it; the first names"
                                    + " are [weight, bias]"));
        }
    }

    private static TrialSettings everything() {
        return new TrialSettings(1, List.of(Path.of("/")), TorchScriptPolicy.ALLOWED);
    }

    private static Failed failure(Model model, Dataset data, Loss loss, int batchSize) {
        return failure(everything(), model, data, loss, batchSize);
    }

    private static Failed failure(TrialSettings settings, Model model, Dataset data, Loss loss, int batchSize) {
        try (Trials trials = Trials.start(settings)) {
            return (Failed)
                    trials.run(Probes.of(model, data, loss, Probes.MOMENTUM, batchSize, 1e-3), new Cancellation())
                            .orElseThrow()
                            .outcome();
        }
    }
}
