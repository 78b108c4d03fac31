package io.stepsampler.coordinator.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.messages.json.Locations;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.PublishedSchema;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.messages.json.SearchFile;
import io.stepsampler.messages.json.StorableJson;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads declarations: checks them against their schema and the rules that it cannot tell, and fills in defaults. */
public final class DeclarationReading {

    private static final PublishedSchema SCHEMA =
            PublishedSchema.load(DeclarationReading.class, "declaration.schema.json");

    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");

    /** Every replica keeps all declarations in mind. */
    private static final int LARGEST = 1 << 16;

    private DeclarationReading() {}

    /** What reading a declaration gives. */
    public sealed interface Reading {}

    /** {@code json}: the same with every default, as it is stored and shown. */
    public record Accepted(Declaration declaration, ObjectNode json) implements Reading {}

    /** Everything that is wrong, at least one thing. */
    public record Refused(List<Refusal> refusals) implements Reading {

        public Refused {
            refusals = List.copyOf(refusals);
        }
    }

    /** The published JSON Schema, with every default. */
    public static String schema() {
        return SCHEMA.text();
    }

    public static Reading read(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return new Refused(List.of(new Refusal("declaration", null, "must be a mapping of keys to values")));
        }
        if (characters(object) > LARGEST) {
            return new Refused(List.of(new Refusal("declaration", null, "must be " + LARGEST + " characters at most")));
        }
        ObjectNode json = object.deepCopy();
        List<Refusal> refusals = StorableJson.refusals(json);
        if (refusals.isEmpty()) {
            refusals = SCHEMA.refusals(json);
        }
        if (!refusals.isEmpty()) {
            return new Refused(refusals);
        }
        SCHEMA.fillDefaults(json);
        Declaration declaration = declaration(json);
        refusals = declaration instanceof Template template ? refusals(template) : List.of();
        return refusals.isEmpty() ? new Accepted(declaration, json) : new Refused(refusals);
    }

    /** Of its keys and values: nearly those of its text, without writing it. */
    private static long characters(JsonNode node) {
        long characters = node.asText().length();
        for (JsonNode child : node) {
            characters += 1 + characters(child);
        }
        for (String key : (Iterable<String>) node::fieldNames) {
            characters += key.length();
        }
        return characters;
    }

    /** @param json as it was accepted before */
    public static Declaration declaration(JsonNode json) {
        try {
            return MessageJson.mapper().treeToValue(json, type(json.path("kind").asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema accepts what a declaration cannot hold: " + json, e);
        }
    }

    private static Class<? extends Declaration> type(String kind) {
        return switch (kind) {
            case "team" -> Team.class;
            case "pool" -> Pool.class;
            case "template" -> Template.class;
            case "trigger" -> Trigger.class;
            default -> throw new IllegalStateException("there are no declarations of kind " + kind);
        };
    }

    private static List<Refusal> refusals(Template template) {
        List<Refusal> refusals = new ArrayList<>();
        template.parameters().keySet().stream()
                .filter(name -> !PARAMETER.matcher(name).matches())
                .forEach(name -> refusals.add(new Refusal(
                        "parameters." + name,
                        null,
                        "must be named with a letter and then letters, digits or _, 63 at most")));
        refusals.addAll(template.refusals());
        refusals.addAll(refusals(template.search()));
        return refusals;
    }

    /** What is wrong with a search file whatever fills its blanks. */
    private static List<Refusal> refusals(ObjectNode search) {
        return SearchFile.read(search, new Locations.AbsoluteOnly()) instanceof SearchFile.Refused refused
                ? refused.refusals().stream()
                        .filter(refusal -> refusal.value() == null
                                || !Blanks.BLANK.matcher(refusal.value()).find())
                        .map(refusal -> new Refusal("search." + refusal.key(), refusal.value(), refusal.clause()))
                        .toList()
                : List.of();
    }
}
