package io.stepsampler.coordinator.storage;

/**
 * What a team is told.
 *
 * @param eventId the same event a second time is the same one
 * @param body a CloudEvent in structured mode, as it is sent and signed
 */
public record WebhookEvent(String eventId, String type, String body) {}
