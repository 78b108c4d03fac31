package io.stepsampler.worker.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.DeadLetter;
import io.stepsampler.messages.TopicNames;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.json.MessageJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a worker is sent, and what it says. */
record WorkerTopics(String bootstrapServers, TopicNames names) {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    String probes() {
        return names.probes("default");
    }

    void sendProbe(byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
            var unused = producer.send(new ProducerRecord<>(probes(), value)).get();
        }
    }

    /** All trial events, when there are that many. */
    List<TrialEvent> events(int count) throws Exception {
        List<TrialEvent> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> message : read(names.trials(), count)) {
            events.add(MessageJson.read(message.value(), TrialEvent.class));
        }
        return events;
    }

    DeadLetter deadLetter() throws Exception {
        return MessageJson.read(read(names.deadLetters(), 1).get(0).value(), DeadLetter.class);
    }

    /** All messages of a topic, when there are that many. */
    private List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        UUID.randomUUID().toString(),
                        "auto.offset.reset",
                        "earliest"),
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
