package io.stepsampler.coordinator.storage;

import io.stepsampler.coordinator.webhooks.DeliveryState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event that a webhook wants.
 *
 * @param deliveryId ever larger
 * @param attempts since it was made, or was asked for again
 * @param dueAt when the next attempt is made, if there is to be one
 * @param status what the receiver answered last, if it did
 * @param fault what went wrong last, in one sentence, if something did
 */
public record StoredDelivery(
        long deliveryId,
        String eventId,
        String type,
        DeliveryState state,
        int attempts,
        Instant createdAt,
        @Nullable Instant attemptedAt,
        @Nullable Instant dueAt,
        @Nullable Integer status,
        @Nullable String fault) {}
