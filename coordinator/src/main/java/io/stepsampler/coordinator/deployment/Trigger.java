package io.stepsampler.coordinator.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.coordinator.identity.TextPattern;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which events start a search, from which template.
 *
 * @param event the type of events that it looks at
 * @param where from a JSON pointer into the event to the text that must stand there; {@code *} stands for any text,
 *     and null for none
 * @param values of the template's parameters
 * @param fields of the template's parameters: from the parameter to a JSON pointer to its value in the event
 */
public record Trigger(
        String team,
        String name,
        String event,
        Map<String, String> where,
        String template,
        Map<String, JsonNode> values,
        Map<String, String> fields)
        implements Declaration {

    public Trigger {
        where = Map.copyOf(where);
        values = Map.copyOf(values);
        fields = Map.copyOf(fields);
    }

    @Override
    public Id id() {
        return new Id(Kind.TRIGGER, team, name);
    }

    public Id templateId() {
        return new Id(Kind.TEMPLATE, team, template);
    }

    /** Of each parameter that it fills in, the key in the trigger that says with what. */
    Map<String, String> places() {
        Map<String, String> places = new TreeMap<>();
        values.keySet().forEach(name -> places.put(name, "values." + name));
        fields.keySet().forEach(name -> places.put(name, "fields." + name));
        return places;
    }

    /** Whether an event of its type is one that it waits for. */
    boolean matches(JsonNode event) {
        return where.entrySet().stream().allMatch(condition -> {
            JsonNode found = event.at(condition.getKey());
            return found.isValueNode()
                    && !found.isNull()
                    && TextPattern.of(condition.getValue()).matches(found.asText());
        });
    }
}
