package io.stepsampler.coordinator.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.messages.json.Excerpt;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent as a team sent it: in structured mode, where the value is the event, or in binary mode, where the value is
 * its data and its attributes are headers.
 *
 * @param event in structured mode, whichever it was; empty where it cannot be read
 * @param fault why the value is not JSON; absent where it is
 */
record SearchRequest(String team, JsonNode event, @Nullable String fault) {

    private static final String ATTRIBUTE_HEADER = "ce_";
    private static final String TEXT = "must be text that is not blank: a search request is a CloudEvent";

    static SearchRequest of(String team, ConsumerRecord<String, byte[]> record) {
        ObjectNode attributes = attributes(record);
        JsonNode value;
        try {
            value = record.value() == null
                    ? MessageJson.mapper().missingNode()
                    : MessageJson.mapper().readTree(record.value());
        } catch (IOException e) {
            return new SearchRequest(team, attributes, "is not JSON: " + firstLine(e));
        }
        return new SearchRequest(team, attributes.isEmpty() ? value : attributes.set("data", value), null);
    }

    private static String firstLine(IOException fault) {
        return String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
    }

    /** Of an event in binary mode; empty for one in structured mode. */
    private static ObjectNode attributes(ConsumerRecord<String, byte[]> record) {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        if (record.headers().lastHeader(ATTRIBUTE_HEADER + "specversion") != null) {
            for (Header header : record.headers()) {
                if (header.key().startsWith(ATTRIBUTE_HEADER) && header.value() != null) {
                    attributes.put(
                            header.key().substring(ATTRIBUTE_HEADER.length()),
                            new String(header.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return attributes;
    }

    /**
     * The same source and id a second time are the same search. Both are the sender's texts, with whatever is in them: in
     * JSON it is clear where one ends.
     *
     * @param trigger the one that asks for it; empty where the event itself does
     */
    UUID searchId(String trigger) {
        String name = JsonNodeFactory.instance
                .arrayNode()
                .add(team)
                .add(attribute("source"))
                .add(attribute("id"))
                .add(trigger)
                .toString();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty where it is an event. */
    Optional<Refusal> refusal() {
        if (fault != null) {
            return Optional.of(new Refusal("value", null, fault));
        }
        return Stream.of("specversion", "id", "source", "type")
                .filter(name -> attribute(name) == null)
                .map(name -> new Refusal(name, found(name), TEXT))
                .findFirst();
    }

    /** Null where the event has no such attribute. */
    @Nullable
    String attribute(String name) {
        JsonNode value = event.path(name);
        return value.isTextual() && !value.asText().isBlank() ? value.asText() : null;
    }

    private @Nullable String found(String name) {
        JsonNode value = event.path(name);
        return value.isMissingNode() ? null : Excerpt.of(value.toString(), Excerpt.LONGEST_VALUE);
    }
}
