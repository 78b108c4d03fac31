package io.stepsampler.analyzer.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.embedded.EmbeddedKafka;
import io.stepsampler.messages.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker: a queue and the one worker that serves it. */
class ProbeQueuesTest {

    private static final int MOST_POLLS = 60;

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static Admin admin;

    private String pool = "";

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(folder, 0);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void stop() throws Exception {
        admin.close();
        kafka.close();
    }

    @BeforeEach
    void prepare(TestInfo test) throws Exception {
        pool = test.getTestMethod().orElseThrow().getName();
        admin.createTopics(List.of(new NewTopic(topic(), 2, (short) 1))).all().get();
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.GROUP, group()),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    @Test
    void aQueueThatNoWorkerServesIsNotEmpty() throws Exception {
        assertThat(isEmpty()).isFalse();

        send(1);

        assertThat(isEmpty()).isFalse();
    }

    @Test
    void aQueueIsEmptyWhenEveryProbeWasAcknowledged() throws Exception {
        send(3);
        try (KafkaShareConsumer<String, String> worker = worker()) {
            for (int probe = 0; probe < 3; probe++) {
                ConsumerRecord<String, String> taken = next(worker);
                assertThat(isEmpty()).isFalse();
                worker.acknowledge(taken, AcknowledgeType.ACCEPT);
                worker.commitSync();
            }
            assertThat(becomesEmpty(worker)).isTrue();

            send(1);

            assertThat(isEmpty()).isFalse();
        }
    }

    @Test
    void aQueueToWhichNothingWasSentIsEmptyOnceAWorkerServesIt() throws Exception {
        try (KafkaShareConsumer<String, String> worker = worker()) {
            assertThat(becomesEmpty(worker)).isTrue();
        }
    }

    private boolean isEmpty() throws Exception {
        ProbeQueues queues = new ProbeQueues(kafka.bootstrapServers(), new TopicNames(""));
        try {
            return queues.isEmpty(pool);
        } finally {
            queues.close();
        }
    }

    /** The worker's polls are the clock. */
    private boolean becomesEmpty(KafkaShareConsumer<String, String> worker) throws Exception {
        for (int poll = 0; poll < MOST_POLLS; poll++) {
            if (isEmpty()) {
                return true;
            }
            assertThat(worker.poll(Duration.ofMillis(500))).isEmpty();
        }
        return false;
    }

    private static ConsumerRecord<String, String> next(KafkaShareConsumer<String, String> worker) {
        for (int poll = 0; poll < MOST_POLLS; poll++) {
            for (ConsumerRecord<String, String> probe : worker.poll(Duration.ofMillis(500))) {
                return probe;
            }
        }
        throw new AssertionError("the worker was given no probe");
    }

    private KafkaShareConsumer<String, String> worker() {
        KafkaShareConsumer<String, String> worker = new KafkaShareConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "group.id",
                        group(),
                        "share.acknowledgement.mode",
                        "explicit",
                        "share.acquire.mode",
                        "record_limit",
                        "max.poll.records",
                        "1"),
                new StringDeserializer(),
                new StringDeserializer());
        worker.subscribe(List.of(topic()));
        return worker;
    }

    private void send(int probes) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int probe = 0; probe < probes; probe++) {
                producer.send(new ProducerRecord<>(topic(), probe % 2, null, "probe"))
                        .get();
            }
        }
    }

    private String topic() {
        return new TopicNames("").probes(pool);
    }

    private String group() {
        return new TopicNames("").workerGroup(pool);
    }
}
