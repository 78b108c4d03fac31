package io.stepsampler.coordinator.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.stepsampler.messages.json.Excerpt;
import io.stepsampler.messages.json.Refusal;
import java.nio.charset.StandardCharsets;
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
        Stream<Refusal> missing = Stream.of("specversion", "id", "source", "type")
                .filter(name -> attribute(name) == null)
                .map(name -> new Refusal(name, found(name), TEXT));
        Stream<Refusal> version = Stream.of("specversion")
                .filter(name -> !VERSION.equals(attribute(name)))
                .map(name -> new Refusal(name, attribute(name), "allowed: " + VERSION));
        return Stream.concat(missing, version).findFirst();
    }

    /** Null where the event has no such attribute. */
    @Nullable
    String attribute(String name) {
        JsonNode value = event().path(name);
        return value.isTextual() && !value.asText().isBlank() ? value.asText() : null;
    }

    private @Nullable String found(String name) {
        JsonNode value = event().path(name);
        return value.isMissingNode() ? null : Excerpt.of(value.toString(), Excerpt.LONGEST_VALUE);
    }
}
