package io.stepsampler.coordinator.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.messages.json.Locations;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.SearchFile;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A CloudEvent in structured mode whose data is a search file, as a team sent it. */
record SearchRequest(String team, JsonNode event) {

    private static final String TEXT =
            "must be text that is not blank: a search request is a CloudEvent in structured mode";

    /** The same source and id a second time are the same search. */
    UUID searchId() {
        String name = team + "|" + attribute("source") + "|" + attribute("id");
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty where the event is complete. */
    Optional<Refusal> refusal() {
        Optional<Refusal> attribute = Stream.of("specversion", "id", "source")
                .filter(name -> attribute(name) == null)
                .map(name -> new Refusal(name, found(name), TEXT))
                .findFirst();
        if (attribute.isPresent()) {
            return attribute;
        }
        return event.path("data").isObject()
                ? Optional.empty()
                : Optional.of(new Refusal("data", found("data"), "must be an object, the search file"));
    }

    SearchFile.Reading searchFile() {
        return SearchFile.read(event.path("data"), new Locations.AbsoluteOnly());
    }

    /** Null where the event has no such attribute. */
    @Nullable
    String attribute(String name) {
        JsonNode value = event.path(name);
        return value.isTextual() && !value.asText().isBlank() ? value.asText() : null;
    }

    private @Nullable String found(String name) {
        JsonNode value = event.path(name);
        return value.isMissingNode() ? null : value.toString();
    }
}
