package io.stepsampler.coordinator.storage;

import io.stepsampler.coordinator.webhooks.WebhookUrl;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A webhook without its secrets. {@code events}: types of the events that it wants, empty for all. */
public record StoredWebhook(
        UUID webhookId,
        String team,
        WebhookUrl url,
        List<String> events,
        String createdBy,
        Instant createdAt,
        @Nullable Instant disabledAt) {

    public StoredWebhook {
        events = List.copyOf(events);
    }
}
