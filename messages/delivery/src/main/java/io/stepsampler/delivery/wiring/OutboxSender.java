package io.stepsampler.delivery.wiring;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.stepsampler.delivery.OutgoingMessage;
import io.stepsampler.delivery.Relay;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jdbi.v3.core.Jdbi;

/** Runs the relay of this service's outbox over the channel {@code outbox}, whose records name their own topics. */
@ApplicationScoped
public class OutboxSender {

    private final Relay relay;
    private final MutinyEmitter<String> emitter;

    OutboxSender(
            Jdbi database,
            @Channel("outbox") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<String> emitter) {
        this.emitter = emitter;
        this.relay = new Relay(database, this::send);
    }

    /** To be called after a commit that added messages. */
    public void wake() {
        relay.wake();
    }

    void start(@Observes StartupEvent event) {
        relay.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        relay.stop();
    }

    private CompletionStage<Void> send(OutgoingMessage message) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("content-type", message.contentType().getBytes(StandardCharsets.UTF_8));
        OutgoingKafkaRecordMetadata<String> address = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(message.topic())
                .withKey(message.key())
                .withHeaders(headers)
                .build();
        return emitter.sendMessage(Message.of(message.payload()).addMetadata(address))
                .subscribeAsCompletionStage();
    }
}
