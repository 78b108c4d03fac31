package io.stepsampler.coordinator.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent as the protocol binding for Kafka has it: in structured mode, where the value is the event, or in binary
 * mode, where the value is its data and its attributes are headers. The content type alone tells which; of a record
 * without one that names events, the header of the version does.
 *
 * @param event in structured mode, whichever it was; where it cannot be read, what the headers say of it
 * @param fault why it cannot be read; absent where it can
 */
record EventRecord(JsonNode event, @Nullable Refusal fault) {

    private static final String ATTRIBUTE_HEADER = "ce_";
    private static final String EVENTS = "application/cloudevents";

    static EventRecord of(ConsumerRecord<String, byte[]> record) {
        ObjectNode attributes = attributes(record);
        String contentType = contentType(record);
        String mediaType = mediaType(contentType);
        if (!mediaType.startsWith(EVENTS)) {
            return attributes.has("specversion")
                    ? binary(attributes, contentType, record.value())
                    : structured(attributes, record.value());
        }
        return mediaType.equals(EVENTS) || mediaType.equals(EVENTS + "+json")
                ? structured(attributes, record.value())
                : new EventRecord(
                        attributes,
                        new Refusal(
                                "content-type",
                                contentType,
                                "allowed: " + EVENTS + "+json, with one event in a record"));
    }

    private static EventRecord structured(ObjectNode attributes, byte @Nullable [] value) {
        try {
            return new EventRecord(json(value), null);
        } catch (IOException e) {
            return notJson(attributes, e);
        }
    }

    private static EventRecord binary(ObjectNode attributes, String contentType, byte @Nullable [] value) {
        if (!contentType.isEmpty()) {
            attributes.put("datacontenttype", contentType);
        }
        try {
            return new EventRecord(attributes.set("data", json(value)), null);
        } catch (IOException e) {
            return notJson(attributes, e);
        }
    }

    private static JsonNode json(byte @Nullable [] value) throws IOException {
        return value == null
                ? MessageJson.mapper().missingNode()
                : MessageJson.mapper().readTree(value);
    }

    private static EventRecord notJson(ObjectNode attributes, IOException fault) {
        String reason = String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
        return new EventRecord(attributes, new Refusal("value", null, "is not JSON: " + reason));
    }

    private static ObjectNode attributes(ConsumerRecord<String, byte[]> record) {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        for (Header header : record.headers()) {
            if (header.key().startsWith(ATTRIBUTE_HEADER) && header.value() != null) {
                attributes.put(header.key().substring(ATTRIBUTE_HEADER.length()), text(header));
            }
        }
        return attributes;
    }

    /** Empty where there is none. */
    private static String contentType(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader("content-type");
        return header == null || header.value() == null ? "" : text(header);
    }

    /** Without its parameters, such as the charset. */
    private static String mediaType(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
