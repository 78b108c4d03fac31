package io.stepsampler.worker.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.stepsampler.embedded.EmbeddedKafka;
import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.DeadLetter;
import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.Training;
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
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.spi.Converter;
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

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;

    private final CancelledSearches cancelled = new CancelledSearches();
    private WorkerSettings settings;
    private Announcements announcements;
    private Trials trials;
    private ProbeLoop loop;
    private CompletableFuture<ProbeLoop.Ending> ending;

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        Files.writeString(folder.resolve("curve.csv"), "learning_rate,loss\n0,0.7\n1e-3,0.5\n");
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
        Probe probe = probe(1e-3, 0, false);
        send(MessageJson.write(probe));
        List<TrialEvent> events = events(2);
        assertThat(events.get(0)).isInstanceOf(Started.class);
        assertThat(loss(events.get(1))).isEqualTo(0.5);
        assertThat(((Finished) events.get(1)).measurementKey()).isEqualTo(MeasurementKey.of(probe));
        Probe next = probe(0, 0, false);
        send(MessageJson.write(next));
        assertThat(events(4))
                .extracting(TrialEvent::probeId)
                .containsExactly(probe.probeId(), probe.probeId(), next.probeId(), next.probeId());
    }

    @Test
    void anUnreadableProbeIsADeadLetterAndHoldsUpNothing() throws Exception {
        send("not a probe".getBytes(StandardCharsets.UTF_8));
        send(MessageJson.write(probe(1e-3, 0, false)));
        assertThat(events(2)).hasSize(2);
        DeadLetter letter =
                MessageJson.read(read(settings.topics.deadLetters(), 1).get(0).value(), DeadLetter.class);
        assertThat(letter.topic()).isEqualTo(settings.topics.probes("default"));
        assertThat(letter.reason()).startsWith("not a Probe");
    }

    @Test
    void aProbeOfACancelledSearchHasNoOutcome() throws Exception {
        Probe unwanted = probe(1e-3, 0, false);
        cancelled.cancel(unwanted.searchId());
        Probe wanted = probe(1e-3, 0, false);
        send(MessageJson.write(unwanted));
        send(MessageJson.write(wanted));
        assertThat(events(2)).extracting(TrialEvent::probeId).containsOnly(wanted.probeId());
    }

    @Test
    void aRunningTrialStopsWhenItsSearchIsCancelled() throws Exception {
        Probe unwanted = probe(1e-3, 25, false);
        send(MessageJson.write(unwanted));
        assertThat(events(1)).hasSize(1);
        cancelled.cancel(unwanted.searchId());
        Probe wanted = probe(1e-3, 0, false);
        send(MessageJson.write(wanted));
        assertThat(events(3))
                .extracting(TrialEvent::probeId)
                .containsExactly(unwanted.probeId(), wanted.probeId(), wanted.probeId());
    }

    @Test
    void aStoppedWorkerGivesItsProbeToTheNext() throws Exception {
        Probe probe = probe(1e-3, 2, false);
        send(MessageJson.write(probe));
        assertThat(events(1)).hasSize(1);
        loop.stop();
        cancelled.stopRunning();
        assertThat(ending.get(10, TimeUnit.SECONDS)).isEqualTo(ProbeLoop.Ending.STOPPED);
        run(trials);
        assertThat(loss(events(3).get(2))).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOutcomeThatIsTakenOverSaysFromWhere(boolean suspect) throws Exception {
        Probe first = probe(1e-3, 0, suspect);
        send(MessageJson.write(first));
        Finished measured = (Finished) events(2).get(1);
        FormerTrial former = new FormerTrial(
                new TrialReference(measured.searchId(), measured.probeId()),
                MeasurementKey.comparable(measured.conditions()),
                new Measured(123, List.of()));
        send(MessageJson.write(ProbeMessages.knowing(probe(1e-3, 0, suspect), List.of(former))));
        Finished again = (Finished) events(4).get(3);
        assertThat(again.outcome()).isEqualTo(former.outcome());
        assertThat(again.reusedFrom()).isEqualTo(former.trial());
        assertThat(again.measurementKey()).isEqualTo(measured.measurementKey());
        assertThat(again.cost().trainingSteps()).isZero();
    }

    @Test
    void aSuspectProbeRunsInAProcessOfItsOwn() throws Exception {
        send(MessageJson.write(probe(1e-3, 0, true)));
        assertThat(loss(events(2).get(1))).isEqualTo(0.5);
    }

    @Test
    void aTrialPastItsLimitIsReportedAndEndsTheLoop() throws Exception {
        leave();
        prepare("PT1S", 1);
        run(trials);
        send(MessageJson.write(probe(1e-3, 1000, false)));
        assertThat(ending.get(30, TimeUnit.SECONDS)).isEqualTo(ProbeLoop.Ending.OVERDUE);
        assertThat(((Finished) events(2).get(1)).outcome())
                .isEqualTo(new Failed(Code.DEADLINE, null, null, "the trial took longer than its limit of PT1S"));
    }

    @Test
    void aLostDeviceEndsTheLoopAndAnotherWorkerTakesTheProbe() throws Exception {
        leave();
        prepare("PT30S", 1);
        run((probe, cancellation) -> {
            throw new DeviceLost("CUDA error: unspecified launch failure");
        });
        send(MessageJson.write(probe(1e-3, 0, false)));
        assertThat(ending.get(30, TimeUnit.SECONDS)).isEqualTo(ProbeLoop.Ending.DEVICE_LOST);
        assertThat(loop.hasJoined()).isFalse();
        run(trials);
        assertThat(loss(events(3).get(2))).isEqualTo(0.5);
    }

    @Test
    void twoSlotsHoldTwoTrialsAtOnce() throws Exception {
        leave();
        prepare("PT60S", 2);
        Slots slots = Slots.of(settings, trials, cancelled, announcements);
        ending = onThread(slots::run);
        send(MessageJson.write(probe(1e-3, 50, false)));
        send(MessageJson.write(probe(1e-3, 50, false)));
        assertThat(events(2)).allMatch(Started.class::isInstance);
        assertThat(cancelled.busy()).isEqualTo(2);
        slots.stop();
        cancelled.stopRunning();
        assertThat(ending.get(30, TimeUnit.SECONDS)).isEqualTo(ProbeLoop.Ending.STOPPED);
    }

    private void prepare(String limit, int slots) throws Exception {
        settings = settings(limit, slots);
        new ProbeGroup(settings).prepare();
        announcements = new Announcements(settings);
        trials = Trials.start(settings.trials);
    }

    private static WorkerSettings settings(String limit, int slots) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader("""
                quarkus.application.version=test
                stepsampler.pool=default
                stepsampler.partitions=1
                stepsampler.replication=1
                stepsampler.threads=1
                stepsampler.roots=/
                stepsampler.cache-bytes=1000
                stepsampler.torchscript-allowed=true
                """));
        properties.setProperty("kafka.bootstrap.servers", kafka.bootstrapServers());
        properties.setProperty("stepsampler.topic-prefix", UUID.randomUUID() + ".");
        properties.setProperty("stepsampler.trial-limit", limit);
        properties.setProperty("stepsampler.slots", Integer.toString(slots));
        properties.setProperty(
                "stepsampler.cache-folder", folder.resolve("cache").toString());
        return new WorkerSettings(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withConverter(Duration.class, 100, (Converter<Duration>) Duration::parse)
                .build());
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

    private static Probe probe(double rate, double seconds, boolean suspect) {
        return new Probe(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "local",
                "default",
                new ProbeKind.ConstantRate(rate),
                0,
                17,
                20,
                1,
                suspect,
                null,
                new Model.Replay(
                        new Checkpoint.Stored(folder.resolve("curve.csv").toString()),
                        new Model.Replay.Options(seconds)),
                null,
                Training.plain(Loss.CrossEntropy.plain(), new Optimizer.Sgd(0, 0, 0, false), 16, 20, 17));
    }

    private void send(byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var unused = producer.send(new ProducerRecord<>(settings.topics.probes("default"), value))
                    .get();
        }
    }

    private List<TrialEvent> events(int count) throws Exception {
        List<TrialEvent> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> message : read(settings.topics.trials(), count)) {
            events.add(MessageJson.read(message.value(), TrialEvent.class));
        }
        return events;
    }

    private static double loss(TrialEvent event) {
        Outcome outcome = ((Finished) event).outcome();
        return ((Measured) outcome).loss();
    }

    /** All messages of a topic, when there are that many. */
    private static List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "group.id", UUID.randomUUID().toString(),
                        "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (messages.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(messages::add);
            }
        }
        assertThat(messages).hasSizeGreaterThanOrEqualTo(count);
        return messages;
    }
}
