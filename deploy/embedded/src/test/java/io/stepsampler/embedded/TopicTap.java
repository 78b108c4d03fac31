package io.stepsampler.embedded;

import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes to topics and reads one topic from its beginning, as a test plays the services around the one it tests. */
public final class TopicTap<T> implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Class<T> type;
    private final List<T> seen = new ArrayList<>();

    public TopicTap(String bootstrapServers, String topic, Class<T> type) {
        this.type = type;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        "tap-" + UUID.randomUUID(),
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    public void send(String topic, UUID key, Object message) {
        sendBytes(topic, key, MessageJson.write(message));
    }

    public void sendText(String topic, UUID key, String text) {
        sendBytes(topic, key, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The first message that fits, of those seen so far or yet to come; waits for it, but not for ever. */
    public T first(Predicate<T> wanted) {
        return atLeast(1, wanted).get(0);
    }

    /** So many messages that fit, in the order they came. */
    public List<T> atLeast(int count, Predicate<T> wanted) {
        Instant end = Instant.now().plus(PATIENCE);
        List<T> fitting = fitting(wanted);
        while (fitting.size() < count) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(
                        "only " + fitting.size() + " of " + count + " messages fit; " + seen.size() + " were seen");
            }
            poll();
            fitting = fitting(wanted);
        }
        return fitting;
    }

    /** Every message that fits, in the order they came, up to the end of the topic as it is now. */
    public List<T> all(Predicate<T> wanted) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (Instant.now().isAfter(giveUp)) {
                throw new AssertionError("the end of the topic, " + ends + ", was not reached");
            }
            poll();
        }
        return fitting(wanted);
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }

    private List<T> fitting(Predicate<T> wanted) {
        return seen.stream().filter(wanted).toList();
    }

    private void poll() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            try {
                seen.add(MessageJson.read(record.value(), type));
            } catch (UnreadableMessage e) {
                throw new AssertionError("the service sent what cannot be read", e);
            }
        }
    }

    private void sendBytes(String topic, UUID key, byte[] payload) {
        try {
            producer.send(new ProducerRecord<>(topic, key.toString(), payload)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("the broker did not take a message for " + topic, e);
        }
    }
}
