package io.stepsampler.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.Training;
import io.stepsampler.messages.Training.ParameterGroup;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A training of PyTorch's that stopped goes on as PyTorch went on; {@code reference/make_continued.py} computed it. */
class ContinuedTrainingTest {

    private static final Path FOLDER =
            Path.of("src/test/resources/reference/continued").toAbsolutePath();
    private static final int STEPS = 3;
    private static final List<ParameterGroup> NONE = List.of();
    private static final List<ParameterGroup> FROZEN = List.of(new ParameterGroup("^0\\.weight$", 1, null, true));
    private static final Optimizer NESTEROV = new Optimizer.Sgd(0.9, 0, 0, true);
    private static final Optimizer ADAMW = new Optimizer.AdamW(List.of(0.9, 0.999), 1e-8, 0.1);

    static Stream<Arguments> trainings() {
        return Stream.of(
                Arguments.of("sgd", new Optimizer.Sgd(0, 0, 0, false), NONE, 0.05),
                Arguments.of("momentum", new Optimizer.Sgd(0.9, 0.3, 0.01, false), NONE, 0.05),
                Arguments.of("nesterov", NESTEROV, NONE, 0.05),
                Arguments.of("adam", new Optimizer.Adam(List.of(0.8, 0.95), 1e-8, 0.1), NONE, 0.05),
                Arguments.of("adamw", ADAMW, NONE, 0.05),
                Arguments.of("frozen", ADAMW, FROZEN, 0.05),
                Arguments.of("rmsprop", new Optimizer.RmsProp(0.99, 1e-8, 0, 0, false), NONE, 0.005),
                Arguments.of("centered", new Optimizer.RmsProp(0.99, 1e-8, 0, 0.9, true), NONE, 0.005),
                Arguments.of("adagrad", new Optimizer.Adagrad(0.2, 0, 0.1, 1e-10), NONE, 0.05));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trainings")
    void aTrialGoesOnAsPyTorchDoes(String name, Optimizer optimizer, List<ParameterGroup> groups, double rate)
            throws IOException {
        List<Double> expected = Files.readAllLines(FOLDER.resolve("losses.csv")).stream()
                .filter(line -> line.startsWith(name + ","))
                .flatMap(line -> Arrays.stream(line.split(",")).skip(1))
                .map(Double::parseDouble)
                .toList();
        try (Trials trials = Trials.start(Probes.everything())) {
            Measured measured = (Measured) run(trials, model(name, name), optimizer, groups, rate);

            assertThat(measured.loss()).isCloseTo(expected.get(0), Offset.offset(1e-6));
            for (int step = 0; step < STEPS; step++) {
                assertThat(measured.stepLosses().get(step)).isCloseTo(expected.get(step + 1), Offset.offset(1e-6));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trainings")
    void everyTrialBeginsWithTheSameState(String name, Optimizer optimizer, List<ParameterGroup> groups, double rate) {
        try (Trials trials = Trials.start(Probes.everything())) {
            Outcome first = run(trials, model(name, name), optimizer, groups, rate);
            Outcome other = run(trials, model(name, name), optimizer, groups, 10 * rate);
            Outcome again = run(trials, model(name, name), optimizer, groups, rate);

            assertThat(other).isNotEqualTo(first);
            assertThat(again).isEqualTo(first);
        }
    }

    @Test
    void aRangeTestBeginsWithTheStateToo() {
        Training training = training(NESTEROV, NONE);
        ProbeKind sweep = new ProbeKind.Sweep(1e-3, 1);
        try (Trials trials = Trials.start(Probes.everything())) {
            Outcome restored = outcome(trials, model("nesterov", "nesterov"), training, sweep);
            Outcome fresh = outcome(trials, model("nesterov", null), training, sweep);

            assertThat(((Measured) restored).stepLosses().get(0))
                    .isEqualTo(((Measured) fresh).stepLosses().get(0));
            assertThat(restored).isNotEqualTo(fresh);
        }
    }

    @Test
    void theStateIsPartOfWhatTheCheckpointsDigestTells() {
        try (Trials trials = Trials.start(Probes.everything())) {
            assertThat(digest(trials, "adamw", "adamw"))
                    .isNotEqualTo(digest(trials, "adamw", null))
                    .isNotEqualTo(digest(trials, "adamw", "adam"))
                    .isEqualTo(digest(trials, "adamw", "adamw"));
        }
    }

    @Test
    void aStateOutsideTheFoldersThatMayBeReadIsRefused() {
        TrialSettings inside = new TrialSettings(1, List.of(FOLDER), TorchScriptPolicy.ALLOWED);
        Path outside = FOLDER.resolveSibling("classes.safetensors");
        Model model = new Model.TorchScript(stored("adamw.pt"), null, outside.toString());
        try (Trials trials = Trials.start(inside)) {
            Failed refused = (Failed) run(trials, model, ADAMW, NONE, 0.05);

            assertThat(refused.code()).isEqualTo(Code.POLICY);
            assertThat(refused.key()).isEqualTo("model.optimizerState");
        }
    }

    private static @Nullable String digest(Trials trials, String model, @Nullable String state) {
        return trials.run(Probes.of(model(model, state), rest(), training(ADAMW, NONE), 0.05), new Cancellation())
                .orElseThrow()
                .conditions()
                .checkpointDigest();
    }

    private static Outcome run(
            Trials trials, Model model, Optimizer optimizer, List<ParameterGroup> groups, double rate) {
        return outcome(trials, model, training(optimizer, groups), new ProbeKind.ConstantRate(rate));
    }

    private static Outcome outcome(Trials trials, Model model, Training training, ProbeKind kind) {
        return trials.run(Probes.of(model, rest(), training, kind, STEPS), new Cancellation())
                .orElseThrow()
                .outcome();
    }

    private static Training training(Optimizer optimizer, List<ParameterGroup> groups) {
        return new Training(Loss.CrossEntropy.plain(), optimizer, 8, null, STEPS, false, 0, null, groups, 0);
    }

    private static Dataset rest() {
        String rest = FOLDER.resolve("rest.safetensors").toString();
        return new Dataset.Tensors(rest, rest, null, new Dataset.Tensors.Options(1024, false));
    }

    private static Model model(String name, @Nullable String state) {
        return new Model.TorchScript(
                stored(name + ".pt"),
                null,
                state == null ? null : FOLDER.resolve(state + ".safetensors").toString());
    }

    private static Checkpoint.Stored stored(String name) {
        return new Checkpoint.Stored(FOLDER.resolve(name).toString());
    }
}
