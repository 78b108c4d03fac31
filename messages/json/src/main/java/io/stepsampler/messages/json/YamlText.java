package io.stepsampler.messages.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML 1.2 or its subset JSON as trees. In YAML 1.1, 1e-7 would be a text. Without aliases, and not nested without end: a
 * small text must not become a large tree, nor one that holds itself.
 */
public final class YamlText {

    private static final int DEEPEST = 100;

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
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setSchema(new CoreSchema())
                .build();
        List<JsonNode> documents = new ArrayList<>();
        try {
            Optional<Unreadable> unwanted = unwanted(new Parse(settings).parseString(text));
            if (unwanted.isPresent()) {
                return unwanted.get();
            }
            new Load(settings)
                    .loadAllFromString(text)
                    .forEach(document -> documents.add(MessageJson.mapper().valueToTree(document)));
        } catch (YamlEngineException e) {
            return new Unreadable("is not YAML or JSON: "
                    + String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " "));
        }
        return new Documents(documents);
    }

    private static Optional<Unreadable> unwanted(Iterable<Event> events) {
        int depth = 0;
        for (Event event : events) {
            if (event instanceof AliasEvent alias) {
                return Optional.of(new Unreadable(
                        "must hold no alias; write again what *" + alias.getAlias() + " stands for" + place(event)));
            }
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                return Optional.of(new Unreadable("must be nested " + DEEPEST + " levels deep at most" + place(event)));
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        return Optional.empty();
    }

    private static String place(Event event) {
        return event.getStartMark().map(YamlText::place).orElse("");
    }

    private static String place(Mark mark) {
        return " (line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ")";
    }
}
