package io.stepsampler.worker.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.embedded.EmbeddedKafka;
import io.stepsampler.messages.DeadLetter;
import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.TrialEvent.Finished;
import io.stepsampler.messages.TrialEvent.Started;
import io.stepsampler.messages.TrialReference;
import io.stepsampler.messages.json.MeasurementKey;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.method.ProbeMessages;
import io.stepsampler.worker.isolation.TrialProcess;
import io.stepsampler.worker.training.DeviceLost;
import io.stepsampler.worker.training.TrialRunner;
import io.stepsampler.worker.training.Trials;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
    private WorkerSettings settings;
    private WorkerTopics topics;
    private Announcements announcements;
    private Trials trials;
    private ProbeLoop loop;
    private CompletableFuture<ProbeLoop.Ending> ending;

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
        prepare("PT30S", 1);
        run(trials);
    }

    @AfterEach
    void leave() throws Exception {
        loop.stop();
        cancelled.stopRunning();
        var unused = ending.get(30, TimeUnit.SECONDS);
        trials.close();
        announcements.close();
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

    @Test
    void aStoppedWorkerGivesItsProbeToTheNext() throws Exception {
        Probe probe = worker.probe(1e-3, 2, false);
        topics.sendProbe(MessageJson.write(probe));
        assertThat(topics.events(1)).hasSize(1);
        loop.stop();
        cancelled.stopRunning();
        assertThat(ending.get(10, TimeUnit.SECONDS)).isEqualTo(ProbeLoop.Ending.STOPPED);
        run(trials);
        assertThat(loss(topics.events(3).get(2))).isEqualTo(0.5);
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

    @Test
    void aTrialPastItsLimitIsReportedAndEndsTheLoop() throws Exception {
        leave();
        prepare("PT1S", 1);
        run(trials);
        topics.sendProbe(MessageJson.write(worker.probe(1e-3, 1000, false)));
        assertThat(ending.get(30, TimeUnit.SECONDS)).isEqualTo(ProbeLoop.Ending.OVERDUE);
        assertThat(((Finished) topics.events(2).get(1)).outcome())
                .isEqualTo(new Failed(Code.DEADLINE, null, null, "the trial took longer than its limit of PT1S"));
    }

    @Test
    void aLostDeviceEndsTheLoopAndAnotherWorkerTakesTheProbe() throws Exception {
        leave();
        prepare("PT30S", 1);
        run((probe, cancellation) -> {
            throw new DeviceLost("CUDA error: unspecified launch failure");
        });
        topics.sendProbe(MessageJson.write(worker.probe(1e-3, 0, false)));
        assertThat(ending.get(30, TimeUnit.SECONDS)).isEqualTo(ProbeLoop.Ending.DEVICE_LOST);
        assertThat(loop.hasJoined()).isFalse();
        run(trials);
        assertThat(loss(topics.events(3).get(2))).isEqualTo(0.5);
    }

    @Test
    void anOutcomeThatKafkaDoesNotTakeIsToldAsAFailureAndHoldsUpNothing() throws Exception {
        leave();
        prepare("PT30S", 1);
        Failed failed = new Failed(Code.BAD_INPUT, "data.train", "x".repeat(2_000_000), "too long");
        run((probe, cancellation) -> Optional.of(trials.failure(failed, 0)));
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
        Slots slots = Slots.of(settings, trials, cancelled, announcements);
        ending = onThread(slots::run);
        topics.sendProbe(MessageJson.write(worker.probe(1e-3, 50, false)));
        topics.sendProbe(MessageJson.write(worker.probe(1e-3, 50, false)));
        assertThat(topics.events(2)).allMatch(Started.class::isInstance);
        assertThat(cancelled.busy()).isEqualTo(2);
        slots.stop();
        cancelled.stopRunning();
        assertThat(ending.get(30, TimeUnit.SECONDS)).isEqualTo(ProbeLoop.Ending.STOPPED);
    }

    private void prepare(String limit, int slots) throws Exception {
        settings = worker.settings(kafka.bootstrapServers(), limit, slots);
        topics = new WorkerTopics(kafka.bootstrapServers(), settings.topics);
        new ProbeGroup(settings).prepare();
        announcements = new Announcements(settings);
        trials = Trials.start(settings.trials);
    }

    private void run(TrialRunner usual) {
        TrialThread thread = TrialThread.inThisProcess(
                trials, usual, new TrialProcess(settings.trials, trials), settings.trialLimit);
        loop = new ProbeLoop(
                settings,
                settings.workerId,
                new ProbeHandler(settings.workerId, thread, cancelled, announcements, Clock.systemUTC()));
        ProbeLoop running = loop;
        ending = onThread(running::run);
    }

    private static CompletableFuture<ProbeLoop.Ending> onThread(Callable<ProbeLoop.Ending> work) {
        CompletableFuture<ProbeLoop.Ending> ending = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        ending.complete(work.call());
                    } catch (Exception e) {
                        ending.completeExceptionally(e);
                    }
                })
                .start();
        return ending;
    }

    private static double loss(TrialEvent event) {
        Outcome outcome = ((Finished) event).outcome();
        return ((Measured) outcome).loss();
    }
}
