package io.stepsampler.worker.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.embedded.EmbeddedKafka;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.TrialEvent.Finished;
import io.stepsampler.messages.TrialEvent.Started;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.worker.training.DeviceLost;
import io.stepsampler.worker.training.Trials;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends a loop and what does not, against a real broker; each test has topics and a group of its own. */
class LoopEndingsTest {

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static WorkerFolder worker;

    private final CancelledSearches cancelled = new CancelledSearches();
    private RunningWorker running;
    private WorkerTopics topics;
    private Trials trials;

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
    void prepare() throws Exception {
        prepare("PT30S", 1);
    }

    @AfterEach
    void leave() throws Exception {
        running.close();
    }

    @Test
    void aStoppedWorkerGivesItsProbeToTheNext() throws Exception {
        ProbeLoop loop = running.run(trials);
        Probe probe = worker.probe(1e-3, 2, false);
        topics.sendProbe(MessageJson.write(probe));
        assertThat(topics.events(1)).hasSize(1);
        loop.stop();
        cancelled.stopRunning();
        assertThat(running.ending().get(10, TimeUnit.SECONDS)).isEqualTo(ProbeLoop.Ending.STOPPED);
        running.run(trials);
        assertThat(loss(topics.events(3).get(2))).isEqualTo(0.5);
    }

    @Test
    void aTrialPastItsLimitIsReportedAndEndsTheLoop() throws Exception {
        leave();
        prepare("PT1S", 1);
        running.run(trials);
        topics.sendProbe(MessageJson.write(worker.probe(1e-3, 1000, false)));
        assertThat(running.ending().get(30, TimeUnit.SECONDS)).isEqualTo(ProbeLoop.Ending.OVERDUE);
        assertThat(((Finished) topics.events(2).get(1)).outcome())
                .isEqualTo(new Failed(Code.DEADLINE, null, null, "the trial took longer than its limit of PT1S"));
    }

    @Test
    void aLostDeviceEndsTheLoopAndAnotherWorkerTakesTheProbe() throws Exception {
        ProbeLoop loop = running.run((probe, cancellation) -> {
            throw new DeviceLost("CUDA error: unspecified launch failure");
        });
        topics.sendProbe(MessageJson.write(worker.probe(1e-3, 0, false)));
        assertThat(running.ending().get(30, TimeUnit.SECONDS)).isEqualTo(ProbeLoop.Ending.DEVICE_LOST);
        assertThat(loop.hasJoined()).isFalse();
        running.run(trials);
        assertThat(loss(topics.events(3).get(2))).isEqualTo(0.5);
    }

    @Test
    void anOutcomeThatKafkaDoesNotTakeIsToldAsAFailureAndHoldsUpNothing() throws Exception {
        Failed failed = new Failed(Code.BAD_INPUT, "data.train", "x".repeat(2_000_000), "too long");
        running.run((probe, cancellation) -> Optional.of(trials.failure(failed, 0)));
        topics.sendProbe(MessageJson.write(worker.probe(1e-3, 0, false)));
        topics.sendProbe(MessageJson.write(worker.probe(1e-3, 0, true)));
        Failed told = (Failed) ((Finished) topics.events(4).get(1)).outcome();
        assertThat(told.code()).isEqualTo(Code.BAD_INPUT);
        assertThat(told.key()).isEqualTo("data.train");
        assertThat(told.value()).startsWith("xxx").endsWith("...").hasSizeLessThan(2_000);
        assertThat(loss(topics.events(4).get(3))).isEqualTo(0.5);
    }

    @Test
    void twoSlotsHoldTwoTrialsAtOnce() throws Exception {
        leave();
        prepare("PT60S", 2);
        Slots slots = running.runSlots();
        topics.sendProbe(MessageJson.write(worker.probe(1e-3, 50, false)));
        topics.sendProbe(MessageJson.write(worker.probe(1e-3, 50, false)));
        assertThat(topics.events(2)).allMatch(Started.class::isInstance);
        assertThat(cancelled.busy()).isEqualTo(2);
        slots.stop();
        cancelled.stopRunning();
        assertThat(running.ending().get(30, TimeUnit.SECONDS)).isEqualTo(ProbeLoop.Ending.STOPPED);
    }

    private void prepare(String limit, int slots) throws Exception {
        running = new RunningWorker(
                kafka.bootstrapServers(), worker.settings(kafka.bootstrapServers(), limit, slots), cancelled);
        topics = running.topics;
        trials = running.trials;
    }

    private static double loss(TrialEvent event) {
        Outcome outcome = ((Finished) event).outcome();
        return ((Measured) outcome).loss();
    }
}
