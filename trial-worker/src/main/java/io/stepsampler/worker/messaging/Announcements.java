package io.stepsampler.worker.messaging;

import io.stepsampler.messages.DeadLetter;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.WorkerState;
import io.stepsampler.messages.json.DeadLetters;
import io.stepsampler.messages.json.MessageJson;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/** All that the worker says. What must arrive is waited for, however long Kafka is away. */
@ApplicationScoped
class Announcements {

    private static final Logger LOG = Logger.getLogger(Announcements.class);

    /** So long a trial's start waits for its end, which may follow at once: one message less for all who read. */
    private static final int LINGER_MILLIS = 20;

    private final WorkerSettings settings;
    private final KafkaProducer<String, byte[]> producer;

    Announcements(WorkerSettings settings) {
        this.settings = settings;
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        settings.bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        LINGER_MILLIS,
                        ProducerConfig.ACKS_CONFIG,
                        "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Sent and not waited for: the trial need not wait. One that is lost is a trial that does not count as an attempt. */
    void publish(TrialEvent.Started started) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                settings.topics.trials(), started.searchId().toString(), MessageJson.write(started));
        var unused = producer.send(message, (metadata, failure) -> {
            if (failure != null) {
                LOG.warnf("The start of probe %s is not told: %s", started.probeId(), failure);
            }
        });
    }

    /** Returns when Kafka has it, or a failure in its place where it is too large. The trial's start was sent before it. */
    void publish(TrialEvent.Finished finished) throws InterruptedException {
        byte[] message = MessageJson.write(finished);
        String key = finished.searchId().toString();
        if (!send(settings.topics.trials(), key, message)) {
            LOG.errorf("Kafka takes no outcome of %d bytes, that of probe %s", message.length, finished.probeId());
            TrialEvent.Finished refused = OutcomeSize.refused(finished, message.length);
            if (!send(settings.topics.trials(), key, MessageJson.write(refused))) {
                throw new IllegalStateException("Kafka does not even take a failure on " + settings.topics.trials());
            }
        }
    }

    /** Returns when Kafka has it. */
    void publishUnreadable(ConsumerRecord<byte[], byte[]> message, String reason) throws InterruptedException {
        byte[] value = message.value() == null ? new byte[0] : message.value();
        publish(DeadLetters.of(message.topic(), message.partition(), message.offset(), reason, value, Map.of()));
    }

    void publish(DeadLetter letter) throws InterruptedException {
        LOG.warnf("A message on %s cannot be read: %s", letter.topic(), letter.reason());
        if (!send(settings.topics.deadLetters(), letter.topic(), MessageJson.write(letter))) {
            LOG.errorf(
                    "The dead letter is more than Kafka takes; the message stays at %d:%d of its topic",
                    letter.partition(), letter.offset());
        }
    }

    /** Sent and not waited for: the next one follows in two seconds. */
    void publish(WorkerState state) {
        var unused = producer.send(
                new ProducerRecord<>(settings.topics.workers(), state.workerId(), MessageJson.write(state)));
    }

    @PreDestroy
    void close() {
        producer.close(java.time.Duration.ofSeconds(2));
    }

    /** Sends now what lingers. */
    private void flush() {
        try {
            producer.flush();
        } catch (InterruptException e) {
            LOG.debug("who waits for the message is told", e);
        }
    }

    /** Whether Kafka has it now; else it is too large, and no further try would help. */
    private boolean send(String topic, String key, byte[] value) throws InterruptedException {
        while (true) {
            Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(topic, key, value));
            flush();
            try {
                sent.get();
                return true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RecordTooLargeException) {
                    return false;
                }
                if (!(e.getCause() instanceof RetriableException)) {
                    throw new IllegalStateException(
                            "Kafka refuses a message on " + topic + ": " + new String(value, StandardCharsets.UTF_8),
                            e);
                }
                LOG.warnf("Kafka does not take a message on %s yet: %s", topic, e.getCause());
            }
        }
    }
}
