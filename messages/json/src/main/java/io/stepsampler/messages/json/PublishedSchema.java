package io.stepsampler.messages.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A published JSON Schema: it alone says which keys a document has, what they may hold and their defaults. */
public final class PublishedSchema {

    private final String text;
    private final JsonNode root;
    private final JsonSchema schema;

    private PublishedSchema(String text, JsonNode root) {
        this.text = text;
        this.root = root;
        this.schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
    }

    /** @param name of a resource beside the class that owns it */
    public static PublishedSchema load(Class<?> owner, String name) {
        try (InputStream resource = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return new PublishedSchema(text, MessageJson.mapper().readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String text() {
        return text;
    }

    /** Everything in which a document differs from the schema. */
    public List<Refusal> refusals(ObjectNode document) {
        return schema.validate(document).stream()
                .map(message -> SchemaSentences.refusal(message, ruleOf(message)))
                .distinct()
                .toList();
    }

    public void fillDefaults(ObjectNode document) {
        fill(root, document);
    }

    private void fill(JsonNode schemaNode, ObjectNode target) {
        JsonNode rules = resolved(schemaNode);
        for (Map.Entry<String, JsonNode> property : rules.path("properties").properties()) {
            JsonNode rule = resolved(property.getValue());
            String key = property.getKey();
            if (!target.has(key) && rule.has("default")) {
                target.set(key, rule.get("default").deepCopy());
            }
            if (target.get(key) instanceof ObjectNode child) {
                fill(rule, child);
            }
            for (JsonNode element : elements(target.path(key))) {
                if (element instanceof ObjectNode child) {
                    fill(rule.path("items"), child);
                }
            }
        }
        for (JsonNode branch : rules.path("allOf")) {
            if (holds(branch.path("if"), target)) {
                fill(branch.path("then"), target);
            }
        }
    }

    private static List<JsonNode> elements(JsonNode node) {
        List<JsonNode> elements = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(elements::add);
        }
        return elements;
    }

    /** Whether the target has the constants that a branch asks for; the only kind of condition in this schema. */
    private static boolean holds(JsonNode condition, ObjectNode target) {
        return condition.path("properties").properties().stream()
                .allMatch(property -> property.getValue().path("const").equals(target.path(property.getKey())));
    }

    /** The schema node whose keyword was broken: the report points at the keyword inside it. Of a name, that of names. */
    private JsonNode ruleOf(ValidationMessage message) {
        JsonNode rule =
                root.at(message.getSchemaLocation().getFragment().getParent().toString());
        return message.getType().equals("propertyNames") ? resolved(rule.path("propertyNames")) : rule;
    }

    private JsonNode resolved(JsonNode schemaNode) {
        JsonNode reference = schemaNode.path("$ref");
        return reference.isTextual() ? root.at(reference.asText().substring(1)) : schemaNode;
    }
}
