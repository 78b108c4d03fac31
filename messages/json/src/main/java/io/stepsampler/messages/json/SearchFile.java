package io.stepsampler.messages.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.messages.SearchSpecification;
import java.util.List;

/**
 * Reads a search file, YAML 1.2 or its subset JSON: checks it against the published schema and the rules that span
 * keys, and fills in every default.
 */
public final class SearchFile {

    private static final PublishedSchema SCHEMA = PublishedSchema.load(SearchFile.class, "search-file.schema.json");

    private SearchFile() {}

    /** What reading a search file gives. */
    public sealed interface Reading {}

    /** A search as it will run. {@code json}: the same with every default, as it is sent and stored. */
    public record Accepted(SearchSpecification specification, ObjectNode json) implements Reading {}

    /** Everything that is wrong, at least one thing. */
    public record Refused(List<Refusal> refusals) implements Reading {

        public Refused {
            refusals = List.copyOf(refusals);
        }
    }

    public static Reading read(String text, Locations locations) {
        YamlText.Reading yaml = YamlText.read("search file", text);
        if (yaml instanceof YamlText.Unreadable unreadable) {
            return refused(new Refusal("", null, unreadable.reason()));
        }
        List<JsonNode> documents = ((YamlText.Documents) yaml).documents();
        if (documents.size() > 1) {
            return refused(new Refusal("", null, "must be one document; found " + documents.size()));
        }
        JsonNode node = documents.isEmpty() ? MissingNode.getInstance() : documents.get(0);
        if (node instanceof ObjectNode file) {
            return read(file, locations);
        }
        return refused(new Refusal("", null, "must be a mapping of keys to values, such as model: and data:"));
    }

    public static Reading read(JsonNode node, Locations locations) {
        ObjectNode file = node.deepCopy();
        List<Refusal> refusals = StorableJson.refusals(file);
        if (!refusals.isEmpty()) {
            return new Refused(refusals);
        }
        expandShorthands(file);
        refusals = SCHEMA.refusals(file);
        if (refusals.isEmpty()) {
            SCHEMA.fillDefaults(file);
            refusals = SearchFileRules.refusals(file, locations);
        }
        return refusals.isEmpty() ? accepted(file) : new Refused(refusals);
    }

    /** The published JSON Schema, with every default. */
    public static String schema() {
        return SCHEMA.text();
    }

    private static Accepted accepted(ObjectNode file) {
        try {
            return new Accepted(MessageJson.mapper().treeToValue(file, SearchSpecification.class), file);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema accepts what the messages cannot hold: " + file, e);
        }
    }

    /** {@code loss: mse} is short for {@code loss: {name: mse}}; {@code checkpoint: PATH} for its {@code uri}. */
    private static void expandShorthands(ObjectNode file) {
        expand(file.path("training"), "loss", "name");
        expand(file.path("training"), "optimizer", "name");
        expand(file.path("model"), "checkpoint", "uri");
        expandAuto(file.path("training"));
        JsonNode data = file.path("data");
        if (data.path("format").asText().equals("text-pairs")) {
            SearchFileRules.PARTS.forEach(part -> expand(data, part, "uri"));
        }
    }

    /** {@code steps: auto}: the schema's default number, and more where the answer asks for it. */
    private static void expandAuto(JsonNode training) {
        if (training instanceof ObjectNode object
                && training.path("steps").asText().equals("auto")) {
            object.remove("steps");
            object.put("lengthen", true);
        }
    }

    private static void expand(JsonNode owner, String key, String member) {
        JsonNode value = owner.path(key);
        if (owner instanceof ObjectNode object && value.isTextual()) {
            object.set(key, JsonNodeFactory.instance.objectNode().set(member, value));
        }
    }

    private static Refused refused(Refusal refusal) {
        return new Refused(List.of(refusal));
    }
}
