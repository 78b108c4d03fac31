package io.stepsampler.messages.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML 1.2 or its subset JSON as trees. In YAML 1.1, 1e-7 would be a text. */
public final class YamlText {

    private YamlText() {}

    /** What reading a text gives. */
    public sealed interface Reading {}

    /** One tree for each document of the text; none for an empty text. */
    public record Documents(List<JsonNode> documents) implements Reading {

        public Documents {
            documents = List.copyOf(documents);
        }
    }

    /** {@code reason}: a clause that follows the name of the text. */
    public record Unreadable(String reason) implements Reading {}

    /** @param name what the text is, for the reason */
    public static Reading read(String name, String text) {
        Load load = new Load(LoadSettings.builder()
                .setLabel(name)
                .setSchema(new CoreSchema())
                .build());
        List<JsonNode> documents = new ArrayList<>();
        try {
            load.loadAllFromString(text)
                    .forEach(document -> documents.add(MessageJson.mapper().valueToTree(document)));
        } catch (YamlEngineException e) {
            return new Unreadable("is not YAML or JSON: "
                    + String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " "));
        }
        return new Documents(documents);
    }
}
