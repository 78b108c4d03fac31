package io.stepsampler.coordinator.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.stepsampler.messages.json.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts with {@code ${name}} in them, in a tree. */
final class Blanks {

    static final Pattern BLANK = Pattern.compile("\\$\\{([A-Za-z][A-Za-z0-9_]*)}");

    private Blanks() {}

    /** {@code path}: of the text that it stands in. */
    record Blank(String path, String name) {}

    /** {@code refusals}: values that are no text where a text is wanted; empty where all is well. */
    record Filling(JsonNode filled, List<Refusal> refusals) {}

    /** @param path of the tree, before those in it */
    static List<Blank> in(JsonNode tree, String path) {
        List<Blank> blanks = new ArrayList<>();
        if (tree.isTextual()) {
            BLANK.matcher(tree.asText()).results().forEach(found -> blanks.add(new Blank(path, found.group(1))));
        }
        tree.properties().forEach(property -> blanks.addAll(in(property.getValue(), path + "." + property.getKey())));
        for (int index = 0; tree.isArray() && index < tree.size(); index++) {
            blanks.addAll(in(tree.get(index), path + "[" + index + "]"));
        }
        return blanks;
    }

    /** @param values of every name in the tree */
    static Filling fill(JsonNode tree, Map<String, JsonNode> values) {
        List<Refusal> refusals = new ArrayList<>();
        return new Filling(filled(tree, values, refusals), refusals);
    }

    private static JsonNode filled(JsonNode tree, Map<String, JsonNode> values, List<Refusal> refusals) {
        if (tree instanceof TextNode text) {
            return filled(text.asText(), values, refusals);
        }
        if (tree instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(filled(element, values, refusals)));
            return copy;
        }
        if (tree instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(property -> copy.set(property.getKey(), filled(property.getValue(), values, refusals)));
            return copy;
        }
        return tree;
    }

    private static JsonNode filled(String text, Map<String, JsonNode> values, List<Refusal> refusals) {
        Matcher blank = BLANK.matcher(text);
        if (blank.matches()) {
            return value(blank.group(1), values);
        }
        return TextNode.valueOf(blank.replaceAll(found -> {
            JsonNode value = value(found.group(1), values);
            if (!value.isTextual() && !value.isNumber()) {
                refusals.add(new Refusal(
                        found.group(1), value.toString(), "allowed: a text or a number, as it stands in " + text));
            }
            return Matcher.quoteReplacement(value.asText());
        }));
    }

    private static JsonNode value(String name, Map<String, JsonNode> values) {
        JsonNode value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no value for ${" + name + "}");
        }
        return value;
    }
}
