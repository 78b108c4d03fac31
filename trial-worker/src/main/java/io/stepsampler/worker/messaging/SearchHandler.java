package io.stepsampler.worker.messaging;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.stepsampler.messages.DeadLetter;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** A search was admitted, which is nothing to a worker, or cancelled. */
@ApplicationScoped
class SearchHandler {

    private final CancelledSearches cancelled;
    private final Announcements announcements;

    SearchHandler(CancelledSearches cancelled, Announcements announcements) {
        this.cancelled = cancelled;
        this.announcements = announcements;
    }

    @Incoming("searches")
    @Blocking
    CompletionStage<Void> handle(Message<byte[]> message) throws InterruptedException {
        try {
            Search search = MessageJson.read(message.getPayload(), Search.class);
            if (search.state() == SearchState.CANCELLED) {
                cancelled.cancel(search.searchId());
            }
        } catch (UnreadableMessage e) {
            IncomingKafkaRecordMetadata<?, ?> origin =
                    message.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow();
            announcements.publish(new DeadLetter(
                    origin.getTopic(),
                    origin.getPartition(),
                    origin.getOffset(),
                    String.valueOf(e.getMessage()),
                    Announcements.base64(message.getPayload())));
        }
        return message.ack();
    }
}
