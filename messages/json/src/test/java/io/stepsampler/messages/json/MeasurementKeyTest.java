package io.stepsampler.messages.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.messages.TrialReference;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A probe's key holds all that can change the number, and nothing else. */
class MeasurementKeyTest {

    /** What may differ between two trials that give the same number, and why it changes nothing. */
    private static final Map<String, String> CHANGES_NOTHING = Map.ofEntries(
            Map.entry("probeId", "which probe of which search it is"),
            Map.entry("searchId", "which probe of which search it is"),
            Map.entry("pool", "what its workers are is in the conditions"),
            Map.entry("round", "when it is asked for"),
            Map.entry("attempt", "how often it is asked for"),
            Map.entry("suspect", "in which process it is run"),
            Map.entry("formerTrials", "what is known of others"),
            Map.entry("data", "the arrays that are read of it are in the digests of batches and validation set"),
            Map.entry("model.checkpoint", "what is read of it is in the digest of the checkpoint"),
            Map.entry("model.sha256", "what is read is in the digest of the checkpoint"),
            Map.entry("model.optimizerState", "what is read of it is in the digest of the checkpoint"),
            Map.entry("model.options.config", "what is read of it is in the digest of the configuration"),
            Map.entry("model.options.trialSeconds", "how long a replay pretends to train"),
            Map.entry("training.steps", "the probe has its own"),
            Map.entry("training.seed", "the probe has its own"),
            Map.entry("training.lengthen", "whether other probes follow"));

    static List<Probe> examples() {
        return ProbeExamples.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyFieldIsInTheKeyUnlessItIsKnownToChangeNothing(Probe probe) {
        String key = MeasurementKey.of(probe);

        ChangedComponents.of(probe, Probe.class).forEach((path, changed) -> {
            if (reason(path).isPresent()) {
                assertThat(MeasurementKey.of(changed)).as(path).isEqualTo(key);
            } else {
                assertThat(MeasurementKey.of(changed)).as(path).isNotEqualTo(key);
            }
        });
    }

    @Test
    void everyReasonIsForAFieldThatThereIs() {
        Set<String> leftOut = new TreeSet<>();
        examples()
                .forEach(probe -> ChangedComponents.of(probe, Probe.class)
                        .keySet()
                        .forEach(path -> reason(path).ifPresent(leftOut::add)));

        assertThat(leftOut).containsExactlyElementsOf(new TreeSet<>(CHANGES_NOTHING.keySet()));
    }

    @Test
    void everyKindFamilyLossAndOptimizerHasAKeyOfItsOwn() {
        assertThat(examples()).extracting(MeasurementKey::of).doesNotHaveDuplicates();
    }

    @Test
    void theExamplesAreOfEveryType() {
        assertThat(types(examples().stream().map(Probe::kind).toList())).containsAll(permitted(ProbeKind.class));
        assertThat(types(examples().stream().map(Probe::model).toList())).containsAll(permitted(Model.class));
        assertThat(types(examples().stream()
                        .map(probe -> probe.training().loss())
                        .toList()))
                .containsAll(permitted(Loss.class));
        assertThat(types(examples().stream()
                        .map(probe -> probe.training().optimizer())
                        .toList()))
                .containsAll(permitted(Optimizer.class));
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0", "0.001, 1e-3", "0, -0.0", "100, 1e2"})
    void equalNumbersGiveTheSameKey(String number, String same) throws UnreadableMessage {
        assertThat(MeasurementKey.of(atRate(number))).isEqualTo(MeasurementKey.of(atRate(same)));
    }

    @Test
    void theKeyIsThatOfAnotherProgramToo() {
        // SHA-256 of the text that the class describes, computed outside this project
        assertThat(MeasurementKey.of(ProbeExamples.any()))
                .isEqualTo("a9dacb8ba789ed8c7ee15d187e81dfdb5261ce9e1714e41b338d41388dc619ef");
    }

    @Test
    void aWorkerThatReadsTheProbeFindsTheSameKey() throws UnreadableMessage {
        for (Probe probe : examples()) {
            assertThat(MeasurementKey.of(MessageJson.read(MessageJson.write(probe), Probe.class)))
                    .isEqualTo(MeasurementKey.of(probe));
        }
    }

    @Test
    void conditionsAreComparedButForWhatChangesNoNumber() {
        Conditions comparable = MeasurementKey.comparable(ProbeExamples.CONDITIONS);

        assertThat(MeasurementKey.comparable(onDevice("gpu1"))).isEqualTo(comparable);
        assertThat(MeasurementKey.comparable(onDevice("gpu"))).isEqualTo(comparable);
        assertThat(MeasurementKey.comparable(onDevice("cpu"))).isNotEqualTo(comparable);
        ChangedComponents.of(ProbeExamples.CONDITIONS, Conditions.class).forEach((path, changed) -> {
            if (path.startsWith("warnings.")) {
                assertThat(MeasurementKey.comparable(changed)).as(path).isEqualTo(comparable);
            } else {
                assertThat(MeasurementKey.comparable(changed)).as(path).isNotEqualTo(comparable);
            }
        });
    }

    @Test
    void onlyAnOutcomeThatWasMeasuredHereIsTakenOver() {
        TrialReference former = new TrialReference(ProbeExamples.ID, ProbeExamples.ID);

        assertThat(MeasurementKey.lasting(finished(new Outcome.Measured(0.5, List.of()), null)))
                .contains("key");
        assertThat(MeasurementKey.lasting(finished(new Outcome.Diverged(1, List.of()), null)))
                .contains("key");
        assertThat(MeasurementKey.lasting(finished(new Outcome.Measured(0.5, List.of()), former)))
                .isEmpty();
        assertThat(MeasurementKey.lasting(
                        finished(new Outcome.Failed(Outcome.Code.CRASHED, null, null, "it crashed"), null)))
                .isEmpty();
    }

    private static Optional<String> reason(String path) {
        return CHANGES_NOTHING.keySet().stream()
                .filter(leftOut -> path.equals(leftOut) || path.startsWith(leftOut + "."))
                .findFirst();
    }

    private static Set<Class<?>> types(List<?> values) {
        Set<Class<?>> types = new HashSet<>();
        values.forEach(value -> types.add(value.getClass()));
        return types;
    }

    private static List<Class<?>> permitted(Class<?> type) {
        return List.of(type.getPermittedSubclasses());
    }

    private static Probe atRate(String number) throws UnreadableMessage {
        String json = new String(MessageJson.write(ProbeExamples.any()), StandardCharsets.UTF_8)
                .replaceFirst("\"learningRate\":[^,}]+", "\"learningRate\":" + number);
        return MessageJson.read(json.getBytes(StandardCharsets.UTF_8), Probe.class);
    }

    private static Conditions onDevice(String device) {
        Conditions conditions = ProbeExamples.CONDITIONS;
        return new Conditions(
                device,
                conditions.threads(),
                conditions.versions(),
                conditions.checkpointDigest(),
                conditions.configurationDigest(),
                conditions.batchesDigest(),
                conditions.validationDigest(),
                conditions.warnings());
    }

    private static TrialEvent.Finished finished(Outcome outcome, @Nullable TrialReference reusedFrom) {
        return new TrialEvent.Finished(
                ProbeExamples.ID,
                ProbeExamples.ID,
                1,
                "worker-1",
                Instant.EPOCH,
                outcome,
                new TrialEvent.Cost(20, 1),
                ProbeExamples.CONDITIONS,
                "key",
                reusedFrom);
    }
}
