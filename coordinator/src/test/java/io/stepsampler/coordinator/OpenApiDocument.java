package io.stepsampler.coordinator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.stepsampler.messages.json.MessageJson;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The API's description, as a reader of it sees it. */
record OpenApiDocument(JsonNode root) {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    static OpenApiDocument read(String yaml) {
        Object parsed = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return new OpenApiDocument(MessageJson.mapper().valueToTree(parsed));
    }

    /** Such as {@code GET /api/v1/caller}, with what is said of it. */
    Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (METHODS.contains(method.getKey())) {
                        operations.put(
                                method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), method.getValue());
                    }
                }));
        return operations;
    }

    /** What is said of an answer; missing where nothing is. */
    JsonNode answer(String operation, int status) {
        return resolved(operations()
                .getOrDefault(operation, root.path("absent"))
                .path("responses")
                .path("" + status));
    }

    /** What of an answer is not as it is described; the content type is one without parameters. */
    Set<String> faults(String operation, int status, String contentType, String body) {
        JsonNode answer = answer(operation, status);
        if (answer.isMissingNode()) {
            return Set.of(operation + " has no answer " + status);
        }
        JsonNode content = answer.path("content");
        if (content.isMissingNode()) {
            return body.isEmpty() ? Set.of() : Set.of(operation + " has no content");
        }
        JsonNode described = content.path(contentType);
        if (described.isMissingNode()) {
            return Set.of(operation + " has no content of type " + contentType);
        }
        JsonNode schema = described.path("schema");
        return faults(schema, contentType.endsWith("json") ? tree(body) : TextNode.valueOf(body));
    }

    private static JsonNode tree(String json) {
        try {
            return MessageJson.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }

    Set<String> faults(JsonNode schema, JsonNode value) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", root.path("components"));
        Set<String> faults = new TreeSet<>();
        for (ValidationMessage message : JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(whole)
                .validate(value)) {
            faults.add(message.getMessage());
        }
        return faults;
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isTextual() ? root.at(reference.asText().substring(1)) : node;
    }
}
