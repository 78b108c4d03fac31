package io.stepsampler.coordinator;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** A producer and a consumer of the CloudEvents SDK, which know nothing of this service. */
record CloudEventsSdk(String bootstrapServers) {

    void send(String team, Encoding encoding, CloudEvent event) {
        CloudEventSerializer serializer = new CloudEventSerializer();
        Map<String, Object> settings = new HashMap<>();
        settings.put(CloudEventSerializer.ENCODING_CONFIG, encoding);
        settings.put(CloudEventSerializer.EVENT_FORMAT_CONFIG, JsonFormat.CONTENT_TYPE);
        serializer.configure(settings, false);
        try (KafkaProducer<String, CloudEvent> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), serializer)) {
            producer.send(new ProducerRecord<>("search-requests." + team, event))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("the broker did not take the event", e);
        }
    }

    List<TopicPartition> partitions(String topic) {
        try (KafkaConsumer<String, CloudEvent> consumer = consumer()) {
            return consumer.listTopics().getOrDefault(topic, List.of()).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
        }
    }

    CloudEvent first(String topic, String subject) {
        try (KafkaConsumer<String, CloudEvent> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return Awaitility.await()
                    .until(
                            () -> {
                                for (ConsumerRecord<String, CloudEvent> record :
                                        consumer.poll(Duration.ofMillis(100))) {
                                    if (subject.equals(record.value().getSubject())) {
                                        return record.value();
                                    }
                                }
                                return null;
                            },
                            Objects::nonNull);
        }
    }

    private KafkaConsumer<String, CloudEvent> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new CloudEventDeserializer());
    }
}
