package io.stepsampler.coordinator.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.stepsampler.coordinator.searches.RequestRefused;
import io.stepsampler.messages.json.Excerpt;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.StorableJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A CloudEvent as a team sent it. */
record SearchRequest(String team, EventRecord record) {

    private static final String VERSION = "1.0";
    private static final String TEXT = "must be text that is not blank: a search request is a CloudEvent";

    JsonNode event() {
        return record.event();
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
        if (record.fault() != null) {
            return Optional.of(record.fault());
        }
        Stream<Refusal> faults =
                Stream.of("specversion", "id", "source", "type").flatMap(name -> faults(name).stream());
        Stream<Refusal> version = Stream.of("specversion")
                .filter(name -> !VERSION.equals(attribute(name)))
                .map(name -> new Refusal(name, attribute(name), "allowed: " + VERSION));
        return Stream.concat(faults, version).findFirst();
    }

    /** Null where the event has no such attribute, or one that is not kept. */
    @Nullable
    String attribute(String name) {
        return faults(name).isEmpty() ? event().path(name).asText() : null;
    }

    /** Some attributes are stored with the search, and sent with its refusal. */
    private List<Refusal> faults(String name) {
        JsonNode value = event().path(name);
        if (!value.isTextual() || value.asText().isBlank()) {
            return List.of(new Refusal(name, value.isMissingNode() ? null : shown(value.toString()), TEXT));
        }
        if (value.asText().length() > RequestRefused.MOST_CHARACTERS) {
            return List.of(new Refusal(
                    name, shown(value.asText()), "must be at most " + RequestRefused.MOST_CHARACTERS + " characters"));
        }
        return StorableJson.refusals(JsonNodeFactory.instance.objectNode().set(name, value));
    }

    private static String shown(String value) {
        return Excerpt.of(value, Excerpt.LONGEST_VALUE);
    }
}
