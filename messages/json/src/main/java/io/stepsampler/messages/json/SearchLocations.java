package io.stepsampler.messages.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.SearchSpecification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a search file names what is to be read: every path and URI in it. */
public final class SearchLocations {

    private SearchLocations() {}

    /** {@code key}: as a user writes it. */
    record Place(ObjectNode owner, String member, String key) {

        String location() {
            return owner.path(member).asText();
        }

        void replace(String location) {
            owner.put(member, location);
        }
    }

    /** From the key to the path or URI that stands there. */
    public static Map<String, String> of(SearchSpecification specification) {
        Map<String, String> locations = new LinkedHashMap<>();
        places(MessageJson.mapper().valueToTree(specification))
                .forEach(place -> locations.put(place.key(), place.location()));
        return locations;
    }

    /** The part of a search's specification that names checkpoint and data, as one of its probes tells it. */
    public static JsonNode files(Probe probe) {
        ObjectNode asked = MessageJson.mapper().valueToTree(probe);
        asked.retain("model", "data");
        if (asked.path("model") instanceof ObjectNode model) {
            model.retain("checkpoint", "optimizerState");
        }
        return asked;
    }

    static List<Place> places(JsonNode file) {
        List<Place> places = new ArrayList<>();
        JsonNode model = file.path("model");
        JsonNode data = file.path("data");
        add(places, model.path("checkpoint"), "uri", "model.checkpoint");
        add(places, model, "optimizerState", "model.optimizerState");
        add(places, model.path("options"), "config", "model.options.config");
        add(places, data.path("options"), "tokenizer", "data.options.tokenizer");
        for (String part : SearchFileRules.PARTS) {
            String key = "data." + part;
            add(places, data, part, key);
            add(places, data.path(part), "uri", key);
            add(places, data.path(part), "source", key + ".source");
            add(places, data.path(part), "target", key + ".target");
        }
        return places;
    }

    private static void add(List<Place> places, JsonNode owner, String member, String key) {
        if (owner instanceof ObjectNode object && object.path(member).isTextual()) {
            places.add(new Place(object, member, key));
        }
    }
}
