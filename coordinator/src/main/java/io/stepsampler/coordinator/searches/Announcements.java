package io.stepsampler.coordinator.searches;

import io.stepsampler.coordinator.storage.DeliveryStore;
import io.stepsampler.coordinator.storage.WebhookEvent;
import io.stepsampler.coordinator.webhooks.EventType;
import io.stepsampler.delivery.Outbox;
import io.stepsampler.delivery.OutgoingMessage;
import io.stepsampler.messages.CloudEvent;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.TopicNames;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Tells a team what became of its search: a CloudEvent, in the transaction that decides it. */
@Singleton
public final class Announcements {

    private final TopicNames topics;

    Announcements(TopicNames topics) {
        this.topics = topics;
    }

    /** @param request names the refused event: the same event again gives the same answer */
    public void refuse(Handle transaction, String team, UUID request, RequestRefused refused) {
        CloudEvent<RequestRefused> event = new CloudEvent<>(
                "1.0",
                UUID.nameUUIDFromBytes((request + " is refused").getBytes(StandardCharsets.UTF_8))
                        .toString(),
                EventType.SOURCE,
                EventType.SEARCH_REFUSED.label(),
                request.toString(),
                Instant.now(),
                "application/json",
                refused);
        send(transaction, team, request, event);
    }

    void announce(Handle transaction, String team, Finding finding) {
        UUID searchId = Objects.requireNonNull(finding.searchId());
        CloudEvent<Finding> event = new CloudEvent<>(
                "1.0",
                UUID.nameUUIDFromBytes((searchId + " is over").getBytes(StandardCharsets.UTF_8))
                        .toString(),
                EventType.SOURCE,
                type(finding).label(),
                searchId.toString(),
                Instant.now(),
                "application/json",
                finding);
        send(transaction, team, searchId, event);
    }

    /** To the team's topic and to its webhooks, the same text. */
    private void send(Handle transaction, String team, UUID key, CloudEvent<?> event) {
        OutgoingMessage message = OutgoingMessage.cloudEvent(topics.findings(team), key, event);
        Outbox.add(transaction, message);
        DeliveryStore.add(transaction, team, new WebhookEvent(event.id(), event.type(), message.payload()));
    }

    private static EventType type(Finding finding) {
        return switch (finding.state()) {
            case FOUND, BUDGET_SPENT -> EventType.SEARCH_COMPLETED;
            case UNRELIABLE -> EventType.SEARCH_NEEDS_ATTENTION;
            case FAILED -> EventType.SEARCH_FAILED;
            case CANCELLED -> EventType.SEARCH_CANCELLED;
            case QUEUED, RUNNING ->
                throw new IllegalArgumentException(
                        "search " + finding.searchId() + " is " + finding.state() + ", not over");
        };
    }
}
