package io.stepsampler.delivery;

import io.stepsampler.messages.CloudEvent;
import io.stepsampler.messages.json.MessageJson;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A message on its way to a topic: JSON text. Records with the same key keep to one partition. */
public record OutgoingMessage(String topic, String key, String contentType, String payload) {

    private static final String JSON = "application/json";

    public static OutgoingMessage json(String topic, UUID key, Object message) {
        return new OutgoingMessage(topic, key.toString(), JSON, text(message));
    }

    public static OutgoingMessage cloudEvent(String topic, UUID key, CloudEvent<?> event) {
        return new OutgoingMessage(topic, key.toString(), CloudEvent.CONTENT_TYPE, text(event));
    }

    private static String text(Object message) {
        return new String(MessageJson.write(message), StandardCharsets.UTF_8);
    }
}
