package io.stepsampler.coordinator.searches;

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

    private static final String SOURCE = "/stepsampler/coordinator";

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
                SOURCE,
                "io.stepsampler.search.refused",
                request.toString(),
                Instant.now(),
                "application/json",
                refused);
        Outbox.add(transaction, OutgoingMessage.cloudEvent(topics.findings(team), request, event));
    }

    void announce(Handle transaction, String team, Finding finding) {
        UUID searchId = Objects.requireNonNull(finding.searchId());
        CloudEvent<Finding> event = new CloudEvent<>(
                "1.0",
                UUID.nameUUIDFromBytes((searchId + " is over").getBytes(StandardCharsets.UTF_8))
                        .toString(),
                SOURCE,
                type(finding),
                searchId.toString(),
                Instant.now(),
                "application/json",
                finding);
        Outbox.add(transaction, OutgoingMessage.cloudEvent(topics.findings(team), searchId, event));
    }

    private static String type(Finding finding) {
        return switch (finding.state()) {
            case FOUND, BUDGET_SPENT -> "io.stepsampler.search.completed";
            case UNRELIABLE -> "io.stepsampler.search.needs-attention";
            case FAILED -> "io.stepsampler.search.failed";
            case CANCELLED -> "io.stepsampler.search.cancelled";
            case QUEUED, RUNNING ->
                throw new IllegalArgumentException(
                        "search " + finding.searchId() + " is " + finding.state() + ", not over");
        };
    }
}
