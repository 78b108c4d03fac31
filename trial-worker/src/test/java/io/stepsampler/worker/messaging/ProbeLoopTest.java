package io.stepsampler.worker.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.embedded.EmbeddedKafka;
import io.stepsampler.messages.DeadLetter;
import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.TrialEvent.Finished;
import io.stepsampler.messages.TrialEvent.Started;
import io.stepsampler.messages.TrialReference;
import io.stepsampler.messages.json.MeasurementKey;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.method.ProbeMessages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop against a real broker; each test has topics and a group of its own. */
class ProbeLoopTest {

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static WorkerFolder worker;

    private final CancelledSearches cancelled = new CancelledSearches();
    private RunningWorker running;
    private WorkerTopics topics;

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        worker = WorkerFolder.in(folder);
    }

    @AfterAll
    static void stopKafka() throws Exception {
        kafka.close();
    }

    @BeforeEach
    void join() throws Exception {
        running = new RunningWorker(
                kafka.bootstrapServers(), worker.settings(kafka.bootstrapServers(), "PT30S", 1), cancelled);
        topics = running.topics;
        running.run(running.trials);
    }

    @AfterEach
    void leave() throws Exception {
        running.close();
    }

    @Test
    void aProbeIsStartedFinishedAndNotSeenAgain() throws Exception {
        Probe probe = worker.probe(1e-3, 0, false);
        topics.sendProbe(MessageJson.write(probe));
        List<TrialEvent> events = topics.events(2);
        assertThat(events.get(0)).isInstanceOf(Started.class);
        assertThat(loss(events.get(1))).isEqualTo(0.5);
        assertThat(((Finished) events.get(1)).measurementKey()).isEqualTo(MeasurementKey.of(probe));
        Probe next = worker.probe(0, 0, false);
        topics.sendProbe(MessageJson.write(next));
        assertThat(topics.events(4))
                .extracting(TrialEvent::probeId)
                .containsExactly(probe.probeId(), probe.probeId(), next.probeId(), next.probeId());
    }

    @Test
    void anUnreadableProbeIsADeadLetterAndHoldsUpNothing() throws Exception {
        topics.sendProbe("not a probe".getBytes(StandardCharsets.UTF_8));
        topics.sendProbe(MessageJson.write(worker.probe(1e-3, 0, false)));
        assertThat(topics.events(2)).hasSize(2);
        DeadLetter letter = topics.deadLetter();
        assertThat(letter.topic()).isEqualTo(topics.probes());
        assertThat(letter.reason()).startsWith("not a Probe");
    }

    @Test
    void aProbeOfACancelledSearchHasNoOutcome() throws Exception {
        Probe unwanted = worker.probe(1e-3, 0, false);
        cancelled.cancel(unwanted.searchId());
        Probe wanted = worker.probe(1e-3, 0, false);
        topics.sendProbe(MessageJson.write(unwanted));
        topics.sendProbe(MessageJson.write(wanted));
        assertThat(topics.events(2)).extracting(TrialEvent::probeId).containsOnly(wanted.probeId());
    }

    @Test
    void aRunningTrialStopsWhenItsSearchIsCancelled() throws Exception {
        Probe unwanted = worker.probe(1e-3, 25, false);
        topics.sendProbe(MessageJson.write(unwanted));
        assertThat(topics.events(1)).hasSize(1);
        cancelled.cancel(unwanted.searchId());
        Probe wanted = worker.probe(1e-3, 0, false);
        topics.sendProbe(MessageJson.write(wanted));
        assertThat(topics.events(3))
                .extracting(TrialEvent::probeId)
                .containsExactly(unwanted.probeId(), wanted.probeId(), wanted.probeId());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOutcomeThatIsTakenOverSaysFromWhere(boolean suspect) throws Exception {
        Probe first = worker.probe(1e-3, 0, suspect);
        topics.sendProbe(MessageJson.write(first));
        Finished measured = (Finished) topics.events(2).get(1);
        FormerTrial former = new FormerTrial(
                new TrialReference(measured.searchId(), measured.probeId()),
                MeasurementKey.comparable(measured.conditions()),
                new Measured(123, List.of()));
        topics.sendProbe(MessageJson.write(ProbeMessages.knowing(worker.probe(1e-3, 0, suspect), List.of(former))));
        Finished again = (Finished) topics.events(4).get(3);
        assertThat(again.outcome()).isEqualTo(former.outcome());
        assertThat(again.reusedFrom()).isEqualTo(former.trial());
        assertThat(again.measurementKey()).isEqualTo(measured.measurementKey());
        assertThat(again.cost().trainingSteps()).isZero();
    }

    @Test
    void aSuspectProbeRunsInAProcessOfItsOwn() throws Exception {
        topics.sendProbe(MessageJson.write(worker.probe(1e-3, 0, true)));
        assertThat(loss(topics.events(2).get(1))).isEqualTo(0.5);
    }

    private static double loss(TrialEvent event) {
        Outcome outcome = ((Finished) event).outcome();
        return ((Measured) outcome).loss();
    }
}
