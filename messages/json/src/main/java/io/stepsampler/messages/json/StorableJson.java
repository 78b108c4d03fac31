package io.stepsampler.messages.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a tree that was read may hold and the database cannot: numbers without an end, and the character U+0000. */
public final class StorableJson {

    private StorableJson() {}

    /** What of it cannot be stored. */
    public static List<Refusal> refusals(JsonNode node) {
        List<Refusal> refusals = new ArrayList<>();
        add(refusals, node, "");
        return refusals;
    }

    private static void add(List<Refusal> refusals, JsonNode node, String path) {
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            refusals.add(new Refusal(path, node.asText(), "allowed: a finite number"));
        }
        if (node.isTextual() && node.asText().contains("\0")) {
            refusals.add(new Refusal(path, shown(node.asText()), "allowed: a text without the character \\0"));
        }
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            String key = shown(property.getKey());
            if (property.getKey().contains("\0")) {
                refusals.add(new Refusal(path, key, "allowed: keys without the character \\0"));
            }
            add(refusals, property.getValue(), path.isEmpty() ? key : path + "." + key);
        }
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            add(refusals, node.get(index), path + "[" + index + "]");
        }
    }

    private static String shown(String text) {
        return text.replace("\0", "\\0");
    }
}
