package io.stepsampler.messages.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Turns what a schema validator reports into the key, the value and what is allowed. */
final class SchemaSentences {

    private SchemaSentences() {}

    static Refusal refusal(ValidationMessage message, JsonNode rule) {
        String path = path(message);
        String property = message.getProperty();
        return switch (message.getType()) {
            case "required" -> new Refusal(join(path, property), null, "is missing");
            case "additionalProperties" ->
                new Refusal(
                        join(path, property), null, "is not a known key; allowed: " + keys(rule.path("properties")));
            case "propertyNames" -> new Refusal(path, property, "allowed: " + allowed(rule));
            case "const" ->
                new Refusal(
                        path, value(message), "allowed: " + rule.path("const").asText());
            default -> new Refusal(path, value(message), "allowed: " + allowed(rule));
        };
    }

    private static String path(ValidationMessage message) {
        // $.search.from and $.training.optimizer.betas[0]; the uri of a checkpoint is written as the checkpoint itself
        return message.getInstanceLocation()
                .toString()
                .replaceFirst("^\\$\\.?", "")
                .replaceFirst("^model\\.checkpoint\\.uri$", "model.checkpoint");
    }

    private static String join(String path, @Nullable String property) {
        if (property == null) {
            return path;
        }
        return path.isEmpty() ? property : path + "." + property;
    }

    private static String value(ValidationMessage message) {
        JsonNode node = message.getInstanceNode();
        String text = node.isNumber() ? number(node) : node.isValueNode() ? node.asText() : node.toString();
        return Excerpt.of(text, Excerpt.LONGEST_VALUE);
    }

    private static String keys(JsonNode properties) {
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        return String.join(", ", names);
    }

    private static String allowed(JsonNode rule) {
        if (rule.has("enum")) {
            return StreamSupport.stream(rule.get("enum").spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(", "));
        }
        return switch (rule.path("type").asText()) {
            case "number" -> "a number" + bounds(rule);
            case "integer" -> "a whole number" + bounds(rule);
            case "boolean" -> "true or false";
            case "array" -> rule.path("description").asText("a list");
            case "object" -> "a mapping with " + keys(rule.path("properties"));
            default -> rule.path("description").asText("a text");
        };
    }

    private static String bounds(JsonNode rule) {
        List<String> bounds = new ArrayList<>();
        addBound(bounds, "from ", rule.path("minimum"));
        addBound(bounds, "above ", rule.path("exclusiveMinimum"));
        addBound(bounds, "to ", rule.path("maximum"));
        addBound(bounds, "below ", rule.path("exclusiveMaximum"));
        return bounds.isEmpty() ? "" : " " + String.join(" ", bounds);
    }

    private static void addBound(List<String> bounds, String word, JsonNode bound) {
        if (bound.isNumber()) {
            bounds.add(word + number(bound));
        }
    }

    /** As search files write it: 1e-6, not Java's 1.0E-6. */
    private static String number(JsonNode number) {
        return number.asText().replaceFirst("(\\.0)?E", "e");
    }
}
