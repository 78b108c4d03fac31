package io.stepsampler.coordinator.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
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
 * @param dataFault why its data is not in it, which is no fault while nothing asks for it; absent where it has none, or
 *     JSON
 */
record EventRecord(
        JsonNode event, @Nullable Refusal fault, @Nullable Refusal dataFault) {

    private static final String ATTRIBUTE_HEADER = "ce_";
    private static final String EVENTS = "application/cloudevents";
    private static final String CODED_DATA = "data_base64";
    private static final String DATA_TYPE = "allowed: application/json, as its data is asked for";

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
                : unreadable(
                        attributes,
                        new Refusal(
                                "content-type",
                                contentType,
                                "allowed: " + EVENTS + "+json, with one event in a record"));
    }

    private static EventRecord structured(ObjectNode attributes, byte @Nullable [] value) {
        JsonNode event;
        try {
            event = json(value);
        } catch (IOException e) {
            return unreadable(attributes, notJson("value", e));
        }
        if (!(event instanceof ObjectNode object) || !object.hasNonNull(CODED_DATA)) {
            return new EventRecord(event, null, null);
        }
        return object.hasNonNull("data")
                ? unreadable(object, new Refusal(CODED_DATA, null, "must not stand beside data"))
                : decoded(object, object.remove(CODED_DATA).asText());
    }

    private static EventRecord decoded(ObjectNode event, String data) {
        try {
            return withData(event, Base64.getDecoder().decode(data));
        } catch (IllegalArgumentException e) {
            return new EventRecord(event, null, new Refusal(CODED_DATA, null, "must be Base64"));
        }
    }

    private static EventRecord binary(ObjectNode attributes, String contentType, byte @Nullable [] value) {
        if (!contentType.isEmpty()) {
            attributes.put("datacontenttype", contentType);
        }
        return withData(attributes, value);
    }

    private static EventRecord withData(ObjectNode event, byte @Nullable [] data) {
        String type = event.path("datacontenttype").asText("");
        String mediaType = mediaType(type);
        if (data != null && !mediaType.isEmpty() && !mediaType.endsWith("/json") && !mediaType.endsWith("+json")) {
            return new EventRecord(event, null, new Refusal("datacontenttype", type, DATA_TYPE));
        }
        try {
            return new EventRecord(event.set("data", json(data)), null, null);
        } catch (IOException e) {
            return new EventRecord(event, null, notJson("data", e));
        }
    }

    private static JsonNode json(byte @Nullable [] value) throws IOException {
        return value == null
                ? MessageJson.mapper().missingNode()
                : MessageJson.mapper().readTree(value);
    }

    private static EventRecord unreadable(ObjectNode attributes, Refusal fault) {
        return new EventRecord(attributes, fault, null);
    }

    private static Refusal notJson(String key, IOException fault) {
        String reason = String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
        return new Refusal(key, null, "is not JSON: " + reason);
    }

    /** Data is none of them, whatever a header says. */
    private static ObjectNode attributes(ConsumerRecord<String, byte[]> record) {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        for (Header header : record.headers()) {
            if (header.key().startsWith(ATTRIBUTE_HEADER) && header.value() != null) {
                attributes.put(header.key().substring(ATTRIBUTE_HEADER.length()), text(header));
            }
        }
        return attributes.without(List.of("data", CODED_DATA));
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
