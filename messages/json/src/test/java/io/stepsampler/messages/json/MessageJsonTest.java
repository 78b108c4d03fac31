package io.stepsampler.messages.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.Training;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.TrialReference;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageJsonTest {

    private static final UUID ID = UUID.fromString("b6f1a9c4-0f3c-4b5f-8a54-0c5a1d9a7d11");

    @Test
    void aProbeIsReadAsItWasWritten() throws UnreadableMessage {
        Probe probe = new Probe(
                ID,
                ID,
                "local",
                "default",
                new ProbeKind.ConstantRate(1e-7),
                1,
                17,
                20,
                1,
                false,
                null,
                new Model.Replay(new Checkpoint.Stored("/c.csv"), new Model.Replay.Options(0)),
                null,
                Training.plain(Loss.CrossEntropy.plain(), new Optimizer.Sgd(0.9, 0, 0, false), 16, 20, 17));

        assertThat(MessageJson.read(MessageJson.write(probe), Probe.class)).isEqualTo(probe);
    }

    @Test
    void aProbeThatNamesFormerTrialsIsReadAsItWasWritten() throws UnreadableMessage {
        Probe probe = ProbeExamples.any();

        assertThat(MessageJson.read(MessageJson.write(probe), Probe.class)).isEqualTo(probe);
    }

    @Test
    void aProbeOfAnOlderServiceNamesNoFormerTrial() throws UnreadableMessage {
        String json = new String(MessageJson.write(ProbeExamples.any()), StandardCharsets.UTF_8);
        String older = json.substring(0, json.indexOf(",\"formerTrials\"")) + "}";

        assertThat(MessageJson.read(older.getBytes(StandardCharsets.UTF_8), Probe.class)
                        .formerTrials())
                .isEmpty();
    }

    @Test
    void anOutcomeThatWasTakenOverIsReadAsItWasWritten() throws UnreadableMessage {
        TrialEvent event = new TrialEvent.Finished(
                ID,
                ID,
                1,
                "worker-1",
                Instant.parse("2026-01-01T00:00:00Z"),
                new Outcome.Measured(0.5, List.of(0.7)),
                new TrialEvent.Cost(0, 0.1),
                ProbeExamples.CONDITIONS,
                "key",
                new TrialReference(ID, ID));

        assertThat(MessageJson.read(MessageJson.write(event), TrialEvent.class)).isEqualTo(event);
    }

    @Test
    void anOutcomeOfEachKindIsReadAsItWasWritten() throws UnreadableMessage {
        for (Outcome outcome : List.of(
                new Outcome.Measured(1e22, List.of(0.7, 0.6)),
                new Outcome.Diverged(3, List.of(0.7, 80.0)),
                new Outcome.Failed(Outcome.Code.BAD_INPUT, "data.train", "/nowhere", "there is no such folder"))) {
            TrialEvent event = new TrialEvent.Finished(
                    ID,
                    ID,
                    1,
                    "worker-1",
                    Instant.parse("2026-01-01T00:00:00Z"),
                    outcome,
                    new TrialEvent.Cost(20, 1.5),
                    new TrialEvent.Conditions("cpu", 1, Map.of("pytorch", "2.7.1"), null, null, null, List.of()));

            assertThat(MessageJson.read(MessageJson.write(event), TrialEvent.class))
                    .isEqualTo(event);
        }
    }

    @Test
    void aFieldThatIsNotKnownIsIgnored() throws UnreadableMessage {
        assertThat(read("{\"kind\":\"constant-rate\",\"learningRate\":0.1,\"new\":1}"))
                .isEqualTo(new ProbeKind.ConstantRate(0.1));
    }

    @Test
    void aMissingFieldIsNamed() {
        assertThatThrownBy(() -> MessageJson.read(
                        "{\"event\":\"started\",\"attempt\":1}".getBytes(StandardCharsets.UTF_8), TrialEvent.class))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageContaining("probeId is missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"inner": {"nothing": null}, "several": []}                                | inner.name is missing
            {"inner": {"name": "a"}, "several": [{"name": "b"}, {"nothing": "c"}]}     | several.name is missing
            {"inner": {"name": "a"}, "several": [{"name": "b"}], "maybe": {}}          | maybe.name is missing
            {"several": [{}]}                                                          | inner is missing
            """)
    void aFieldThatIsMissingFurtherInIsNamedWithItsPath(String json, String named) {
        assertThatThrownBy(() -> MessageJson.read(json.getBytes(StandardCharsets.UTF_8), Outer.class))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageContaining(named);
    }

    @Test
    void whatMayBeMissingIsNotMissed() throws UnreadableMessage {
        assertThat(MessageJson.read(
                        "{\"inner\": {\"name\": \"a\"}, \"several\": []}".getBytes(StandardCharsets.UTF_8),
                        Outer.class))
                .isEqualTo(new Outer(new Inner(null, "a"), List.of(), null));
    }

    private record Outer(
            Inner inner, List<Inner> several, @Nullable Inner maybe) {}

    private record Inner(@Nullable String nothing, String name) {}

    @Test
    void aLossThatIsNotFiniteIsUnreadable() {
        assertThatThrownBy(() -> MessageJson.read(
                        "{\"outcome\":\"measured\",\"loss\":\"NaN\",\"stepLosses\":[]}"
                                .getBytes(StandardCharsets.UTF_8),
                        Outcome.class))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageContaining("loss is NaN");
    }

    private static ProbeKind read(String json) throws UnreadableMessage {
        return MessageJson.read(json.getBytes(StandardCharsets.UTF_8), ProbeKind.class);
    }
}
