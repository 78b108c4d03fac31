package io.stepsampler.coordinator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A small JSON object in a request's body, read key by key; what is wrong with it is gathered. */
final class JsonBody {

    private final JsonNode object;
    private final List<Refusal> refusals = new ArrayList<>();

    private JsonBody(JsonNode object) {
        this.object = object;
    }

    /** @param keys all that may stand in it; an empty body is an empty object */
    static JsonBody read(String text, List<String> keys) {
        JsonBody body = readAny(text);
        body.object.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                body.refusals.add(new Refusal(key, null, "is not known; allowed: " + String.join(", ", keys)));
            }
        });
        return body;
    }

    /** Whatever its keys. */
    static JsonBody readAny(String text) {
        JsonNode node;
        try {
            node = MessageJson.mapper().readTree(text.isBlank() ? "{}" : text);
        } catch (JsonProcessingException e) {
            node = MessageJson.mapper().missingNode();
        }
        JsonBody body = new JsonBody(node);
        if (!node.isObject()) {
            body.refusals.add(new Refusal("body", null, "must be a JSON object"));
        }
        return body;
    }

    JsonNode object() {
        return object;
    }

    List<Refusal> refusals() {
        return List.copyOf(refusals);
    }

    /** @param allowed what may stand there, as a clause */
    <T> Optional<T> value(String key, String allowed, Function<String, Optional<T>> parse) {
        JsonNode value = object.path(key);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (ControlCharacters.isIn(value.asText())) {
            refusals.add(ControlCharacters.refusal(key, value.asText()));
            return Optional.empty();
        }
        Optional<T> parsed = value.isTextual() ? parse.apply(value.asText()) : Optional.empty();
        if (parsed.isEmpty()) {
            refusals.add(new Refusal(key, value.isTextual() ? value.asText() : value.toString(), allowed));
        }
        return parsed;
    }

    <T> Optional<T> required(String key, String allowed, Function<String, Optional<T>> parse) {
        if (object.path(key).isMissingNode()) {
            refusals.add(new Refusal(key, null, "is missing; " + allowed));
        }
        return value(key, allowed, parse);
    }

    /** Of a list of texts that may be absent; where it is not, it must hold some of those that are known. */
    List<String> someOf(String key, List<String> known) {
        JsonNode value = object.path(key);
        if (value.isMissingNode()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        value.forEach(element -> texts.add(element.asText()));
        if (!value.isArray() || texts.isEmpty() || !known.containsAll(texts)) {
            refusals.add(new Refusal(key, value.toString(), "must be a list of some of " + String.join(", ", known)));
        }
        return List.copyOf(texts);
    }

    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static Optional<Duration> duration(String text) {
        try {
            return Optional.of(Duration.parse(text)).filter(duration -> !duration.isNegative());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
