package io.stepsampler.delivery.wiring;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.stepsampler.delivery.MissingTopics;
import io.stepsampler.delivery.OutgoingMessage;
import io.stepsampler.delivery.Relay;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jdbi.v3.core.Jdbi;

/** Runs the relay of this service's outbox. */
@ApplicationScoped
public class OutboxSender {

    /** A topic that does not exist must not hold up the others for long. */
    private static final Duration LONGEST_WAIT_FOR_A_TOPIC = Duration.ofSeconds(1);

    private static final Duration DELIVERY_LIMIT = Duration.ofSeconds(30);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
    private static final Duration TIME_TO_LEAVE = Duration.ofSeconds(5);

    private final KafkaProducer<String, String> producer;
    private final Relay relay;
    private final MissingTopics missing = new MissingTopics();

    OutboxSender(Jdbi database, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        Map<String, Object> configuration = new HashMap<>(kafka);
        configuration.put(ProducerConfig.ACKS_CONFIG, "all");
        configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_WAIT_FOR_A_TOPIC.toMillis());
        configuration.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(DELIVERY_LIMIT.toMillis()));
        configuration.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(REQUEST_LIMIT.toMillis()));
        // the relay sends a batch at once and waits for it: nothing is gained by waiting for more
        configuration.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        producer = new KafkaProducer<>(configuration, new StringSerializer(), new StringSerializer());
        relay = new Relay(database, this::send);
    }

    void start(@Observes StartupEvent event) {
        relay.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        relay.stop();
        producer.close(TIME_TO_LEAVE);
    }

    private CompletionStage<Void> send(OutgoingMessage message) {
        if (missing.has(message.topic())) {
            return CompletableFuture.failedFuture(new TimeoutException("there is no topic " + message.topic()));
        }
        CompletableFuture<Void> answer = new CompletableFuture<>();
        long begin = System.nanoTime();
        var unused = producer.send(record(message), (metadata, failure) -> {
            if (failure == null) {
                answer.complete(null);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        if (answer.isCompletedExceptionally() && System.nanoTime() - begin >= LONGEST_WAIT_FOR_A_TOPIC.toNanos()) {
            missing.add(message.topic());
        }
        return answer;
    }

    private static ProducerRecord<String, String> record(OutgoingMessage message) {
        byte[] contentType = message.contentType().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(
                message.topic(),
                null,
                message.key(),
                message.payload(),
                List.of(new RecordHeader("content-type", contentType)));
    }
}
