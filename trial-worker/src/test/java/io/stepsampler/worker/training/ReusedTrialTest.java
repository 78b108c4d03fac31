package io.stepsampler.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.messages.TrialReference;
import io.stepsampler.messages.json.MeasurementKey;
import io.stepsampler.method.ProbeMessages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes that name a former trial, whose outcome is one that no trial here has: it shows who answered. */
class ReusedTrialTest {

    private static final Outcome FORMER = new Measured(123, List.of(1.0));
    private static final TrialReference REFERENCE = new TrialReference(new UUID(3, 4), new UUID(5, 6));
    private static final Path MODELS = Path.of("src/test/resources/models");

    @TempDir
    private Path folder;

    @Test
    void underTheSameConditionsTheFormerOutcomeIsTakenOverWithoutTraining() throws IOException {
        Probe probe = linear(Probes.torchScript("linear"), Probes.fourNumbers(folder, 40));
        TrialResult trained = run(probe);

        TrialResult again = run(knowing(probe, trained.conditions()));

        assertThat(trained.cost().trainingSteps()).isEqualTo(Probes.STEPS);
        assertThat(trained.reusedFrom()).isNull();
        assertThat(again.outcome()).isEqualTo(FORMER);
        assertThat(again.reusedFrom()).isEqualTo(REFERENCE);
        assertThat(again.cost().trainingSteps()).isZero();
        assertThat(again.conditions()).isEqualTo(trained.conditions());
    }

    @Test
    void filesElsewhereWithTheSameContentAreTheSame() throws IOException {
        Dataset.Tensors data = Probes.fourNumbers(folder, 40);
        Conditions told = run(linear(Probes.torchScript("linear"), data)).conditions();
        Path moved = Files.copy(Path.of(data.train()), folder.resolve("moved.safetensors"));
        Path model = Files.copy(MODELS.resolve("linear.pt"), folder.resolve("moved.pt"));

        assertThat(run(knowing(linear(torchScript(model), Probes.tensors(moved, moved)), told))
                        .outcome())
                .isEqualTo(FORMER);
    }

    @Test
    void dataThatHaveChangedAreTrainedOn() throws IOException {
        Probe probe = linear(Probes.torchScript("linear"), Probes.fourNumbers(folder, 40));
        Conditions told = run(probe).conditions();
        Probes.fourNumbers(folder, 44);

        assertTrained(run(knowing(probe, told)));
    }

    @Test
    void aCheckpointThatHasChangedIsTrained() throws IOException {
        Path model = Files.copy(MODELS.resolve("linear.pt"), folder.resolve("model.pt"));
        Probe probe = linear(torchScript(model), Probes.fourNumbers(folder, 40));
        Conditions told = run(probe).conditions();
        Files.copy(MODELS.resolve("batchnorm_dropout.pt"), model, StandardCopyOption.REPLACE_EXISTING);

        assertTrained(run(knowing(probe, told)));
    }

    /** The digest of the checkpoint is that of its tensors' file alone. */
    @Test
    void aConfigurationThatHasChangedIsTrained() throws IOException {
        Path model = Files.createDirectories(folder.resolve("bert"));
        Files.copy(Path.of("src/test/resources/networks/bert.safetensors"), model.resolve("model.safetensors"));
        writeConfiguration(model, 0.1);
        Probe probe = Probes.of(
                new Model.Bert(
                        new Checkpoint.Stored(model.toString()),
                        null,
                        new Model.Bert.Options(null, 3, false, null, null, null, null, null, null, null, null)),
                tokens(),
                Loss.CrossEntropy.plain(),
                Probes.MOMENTUM,
                4,
                1e-3);
        Conditions told = run(probe).conditions();
        assertThat(run(knowing(probe, told)).outcome()).isEqualTo(FORMER);

        writeConfiguration(model, 0.5);
        TrialResult changed = run(knowing(probe, told));

        assertTrained(changed);
        assertThat(changed.conditions().checkpointDigest()).isEqualTo(told.checkpointDigest());
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void aReplayThatIsTakenOverDoesNotPretendToTrain() throws IOException {
        Path curve = Files.writeString(folder.resolve("curve.csv"), "learning_rate,loss\n0,0.7\n1e-3,0.5\n");
        Conditions told = run(Probes.ofReplay(curve.toString())).conditions();
        Model lasting = new Model.Replay(new Checkpoint.Stored(curve.toString()), new Model.Replay.Options(3600));

        assertThat(run(knowing(linear(lasting, null), told)).outcome()).isEqualTo(FORMER);
    }

    @Test
    void ofSeveralFormerTrialsTheOneUnderTheSameConditionsAnswers() {
        Conditions now = conditions("gpu1", 1, "2.7.1");
        FormerTrial onACpu = former(conditions("cpu", 1, "2.7.1"));
        FormerTrial withTwoThreads = former(conditions("gpu", 2, "2.7.1"));
        FormerTrial ofAnotherVersion = former(conditions("gpu", 1, "2.8.0"));
        FormerTrial onAnotherGpu = former(conditions("gpu", 1, "2.7.1"));

        assertThat(Reuse.of(List.of(onACpu, withTwoThreads, ofAnotherVersion, onAnotherGpu), now))
                .containsSame(onAnotherGpu);
        assertThat(Reuse.of(List.of(onACpu, withTwoThreads, ofAnotherVersion), now))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "unknown: NVIDIA H200 or Tesla T4"})
    void noFormerTrialAnswersWhereItIsNotKnownWhatTheDeviceIs(String model) {
        Conditions here = new Conditions("gpu0", 1, Map.of("gpu", model), "checkpoint", "batches", null, List.of());
        Conditions there = new Conditions("gpu", 1, Map.of("gpu", model), "checkpoint", "batches", null, List.of());

        assertThat(Reuse.of(List.of(former(there)), here)).isEmpty();
    }

    private static void assertTrained(TrialResult result) {
        assertThat(result.outcome()).isNotEqualTo(FORMER);
        assertThat(result.reusedFrom()).isNull();
        assertThat(result.cost().trainingSteps()).isEqualTo(Probes.STEPS);
    }

    private static Probe linear(Model model, @Nullable Dataset data) {
        return Probes.of(model, data, Loss.CrossEntropy.plain(), Probes.MOMENTUM, 8, 1e-3);
    }

    private static Model torchScript(Path file) {
        return new Model.TorchScript(new Checkpoint.Stored(file.toString()), null);
    }

    private static Probe knowing(Probe probe, Conditions told) {
        return ProbeMessages.knowing(probe, List.of(former(MeasurementKey.comparable(told))));
    }

    private static FormerTrial former(Conditions conditions) {
        return new FormerTrial(REFERENCE, conditions, FORMER);
    }

    private static Conditions conditions(String device, int threads, String version) {
        return new Conditions(
                device, threads, Map.of("pytorch", version), "checkpoint", "batches", "validation", List.of());
    }

    /** By a worker that has read nothing yet. */
    private static TrialResult run(Probe probe) {
        try (Trials trials = Trials.start(Probes.everything())) {
            return trials.run(probe, new Cancellation()).orElseThrow();
        }
    }

    private static void writeConfiguration(Path model, double dropout) throws IOException {
        Files.writeString(
                model.resolve("config.json"),
                "{\"model_type\":\"bert\",\"vocab_size\":20,\"hidden_size\":8,\"num_hidden_layers\":2,"
                        + "\"num_attention_heads\":2,\"intermediate_size\":12,\"max_position_embeddings\":10,"
                        + "\"hidden_dropout_prob\":" + dropout + "}");
    }

    /** A batch of four texts with five tokens each. */
    private Dataset.Batches tokens() throws IOException {
        Path batches = Files.createDirectories(folder.resolve("batches"));
        ByteBuffer content = ByteBuffer.allocate(24 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 20; i++) {
            content.putLong(1 + i % 19);
        }
        for (int row = 0; row < 4; row++) {
            content.putLong(row % 3);
        }
        Probes.writeSafetensors(
                batches.resolve("0.safetensors"),
                "{\"input_ids\":{\"dtype\":\"I64\",\"shape\":[4,5],\"data_offsets\":[0,160]},"
                        + "\"y\":{\"dtype\":\"I64\",\"shape\":[4],\"data_offsets\":[160,192]}}",
                content.array());
        return new Dataset.Batches(batches.toString(), batches.toString(), null, new Dataset.Batches.Options(1024));
    }
}
