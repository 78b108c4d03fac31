package io.stepsampler.coordinator.storage;

import io.stepsampler.coordinator.webhooks.SigningSecret;
import io.stepsampler.coordinator.webhooks.WebhookUrl;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An event that a sender is to send now.
 *
 * @param secrets that sign it
 * @param attempts made so far
 * @param heldUntil how long the webhook is this sender's alone
 */
public record DueDelivery(
        long deliveryId,
        UUID webhookId,
        String team,
        WebhookUrl url,
        List<SigningSecret> secrets,
        String eventId,
        String body,
        int attempts,
        Instant heldUntil) {

    public DueDelivery {
        secrets = List.copyOf(secrets);
    }
}
