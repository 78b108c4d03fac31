package io.stepsampler.coordinator.webhooks;

import java.util.Locale;

/** Where an event stands that is sent to a webhook. */
public enum DeliveryState {
    PENDING,
    DELIVERED,
    FAILED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
