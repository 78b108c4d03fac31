package io.stepsampler.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Kafka. */
class RecordLoopTest {

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static KafkaProducer<String, String> producer;

    private final BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() throws IOException {
        kafka = EmbeddedKafka.start(folder, 0);
        producer = new KafkaProducer<>(configuration(), new StringSerializer(), new StringSerializer());
    }

    @AfterAll
    static void stop() throws IOException {
        producer.close();
        kafka.close();
    }

    @Test
    void whatComesWhileABatchIsHandledIsTheNextBatch(TestInfo test) throws Exception {
        String topic = topic(test);
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        RecordLoop loop = started(topic, records -> {
            batches.add(values(records));
            arrived.countDown();
            goesOn.await();
        });
        send(topic, "a");
        assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
        send(topic, "b", "c");
        goesOn.countDown();

        assertThat(next()).containsExactly("a");
        assertThat(next()).containsExactly("b", "c");
        loop.stop();
    }

    @Test
    void whatWasHandledDoesNotComeAgainAndWhatWasNotDoes(TestInfo test) throws Exception {
        String topic = topic(test);
        CountDownLatch stuck = new CountDownLatch(1);
        RecordLoop first = started(topic, records -> {
            batches.add(values(records));
            if (values(records).contains("b")) {
                stuck.countDown();
                // as for a database that is away
                new CountDownLatch(1).await();
            }
        });
        send(topic, "a");
        assertThat(next()).containsExactly("a");
        send(topic, "b");
        assertThat(stuck.await(60, TimeUnit.SECONDS)).isTrue();
        first.stop();
        batches.clear();

        RecordLoop second = started(topic, records -> batches.add(values(records)));

        assertThat(next()).containsExactly("b");
        second.stop();
    }

    @Test
    void afterABugTheLoopJoinsAgain(TestInfo test) throws Exception {
        String topic = topic(test);
        AtomicInteger attempts = new AtomicInteger();
        RecordLoop loop = started(topic, records -> {
            if (attempts.getAndIncrement() == 0) {
                throw new IllegalStateException("a bug");
            }
            batches.add(values(records));
        });

        send(topic, "a");

        assertThat(next()).containsExactly("a");
        loop.stop();
    }

    private static Map<String, Object> configuration() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 1_000);
    }

    private static String topic(TestInfo test) {
        return test.getTestMethod().orElseThrow().getName();
    }

    /** At once. */
    private static void send(String topic, String... values) {
        for (String value : values) {
            var unused = producer.send(new ProducerRecord<>(topic, "key", value));
        }
        producer.flush();
    }

    private static RecordLoop started(String topic, RecordLoop.Handler handler) throws Exception {
        new TopicCreation(configuration(), 1, 1).ensure(List.of(topic));
        RecordLoop loop = new RecordLoop(configuration(), topic, "readers", Duration.ZERO, handler);
        loop.start();
        return loop;
    }

    private List<String> next() throws InterruptedException {
        List<String> batch = batches.poll(60, TimeUnit.SECONDS);
        assertThat(batch).as("a batch").isNotNull();
        return batch;
    }

    private static List<String> values(List<ConsumerRecord<String, byte[]>> records) {
        List<String> values = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            values.add(new String(record.value(), StandardCharsets.UTF_8));
        }
        return values;
    }
}
