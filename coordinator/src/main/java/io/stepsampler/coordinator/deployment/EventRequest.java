package io.stepsampler.coordinator.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.messages.json.Excerpt;
import io.stepsampler.messages.json.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an event asks for. Where the team has triggers for the event's type, those that match each ask for a search;
 * otherwise its data is a search file, or names a template and the values that fill it in.
 */
public sealed interface EventRequest {

    /** {@code trigger}: the name of the one that asks; empty where the event itself does. */
    record Search(String trigger, JsonNode searchFile) implements EventRequest {}

    /** At least one thing is wrong. */
    record Refused(String trigger, List<Refusal> refusals) implements EventRequest {

        public Refused {
            refusals = List.copyOf(refusals);
        }
    }

    /**
     * None where triggers know the type of the event and wait for others of it.
     *
     * @param dataFault why the event's data is not in it; absent where it is, or there is none
     */
    static List<EventRequest> of(Deployment deployment, String team, JsonNode event, @Nullable Refusal dataFault) {
        List<Trigger> triggers = deployment.triggers(team, event.path("type").asText());
        if (triggers.isEmpty()) {
            return List.of(dataFault == null ? ofData(deployment, team, event.path("data")) : refused("", dataFault));
        }
        return triggers.stream()
                .filter(trigger -> trigger.matches(event))
                .map(trigger -> ofTrigger(deployment, trigger, event, dataFault))
                .toList();
    }

    private static EventRequest ofData(Deployment deployment, String team, JsonNode data) {
        if (!data.isObject()) {
            return refused(
                    "",
                    new Refusal(
                            "data",
                            data.isMissingNode() ? null : shown(data),
                            "must be an object: a search file, or a template and values"));
        }
        if (!data.has("template")) {
            return new Search("", data);
        }
        return refusal(data)
                .<EventRequest>map(refusal -> refused("", refusal))
                .orElseGet(() -> filled(
                        deployment,
                        team,
                        "",
                        data.path("template").asText(),
                        values(data),
                        parameter -> "values." + parameter));
    }

    /** Of data that names a template. */
    private static Optional<Refusal> refusal(JsonNode data) {
        JsonNode template = data.path("template");
        JsonNode values = data.path("values");
        Stream<Refusal> unknown = data.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !key.equals("template") && !key.equals("values"))
                .map(key -> new Refusal(key, null, "is not a known key; allowed: template, values"));
        Stream<Refusal> name = template.isTextual()
                ? Stream.empty()
                : Stream.of(new Refusal("template", shown(template), "must be a text: the name of a template"));
        Stream<Refusal> mapping = values.isObject() || isAbsent(values)
                ? Stream.empty()
                : Stream.of(
                        new Refusal("values", shown(values), "must be an object: values of the template's parameters"));
        return Stream.of(unknown, name, mapping).flatMap(all -> all).findFirst();
    }

    private static String shown(JsonNode found) {
        return Excerpt.of(found.toString(), Excerpt.LONGEST_VALUE);
    }

    private static Map<String, JsonNode> values(JsonNode data) {
        Map<String, JsonNode> values = new HashMap<>();
        data.path("values").properties().stream()
                .filter(value -> !isAbsent(value.getValue()))
                .forEach(value -> values.put(value.getKey(), value.getValue()));
        return values;
    }

    /** Many that send events write null for what they do not have. */
    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static EventRequest ofTrigger(
            Deployment deployment, Trigger trigger, JsonNode event, @Nullable Refusal dataFault) {
        Map<String, JsonNode> values = new HashMap<>(trigger.values());
        Map<String, String> places = new HashMap<>();
        Optional<Refusal> missing = trigger.fields().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(field -> {
                    JsonNode found = event.at(field.getValue());
                    if (isAbsent(found) && isNeeded(deployment, trigger, field.getKey())) {
                        return Stream.of(missing(trigger, field.getKey(), field.getValue(), dataFault));
                    }
                    if (!isAbsent(found)) {
                        values.put(field.getKey(), found);
                        places.put(field.getKey(), field.getValue());
                    }
                    return Stream.empty();
                })
                .findFirst();
        return missing.<EventRequest>map(refusal -> refused(trigger.name(), refusal))
                .orElseGet(() -> filled(
                        deployment,
                        trigger.team(),
                        trigger.name(),
                        trigger.template(),
                        values,
                        parameter -> places.getOrDefault(
                                parameter, "values." + parameter + " of trigger " + trigger.name())));
    }

    private static Refusal missing(Trigger trigger, String parameter, String place, @Nullable Refusal dataFault) {
        return dataFault != null && (place + "/").startsWith("/data/")
                ? dataFault
                : new Refusal(
                        place, null, "is missing; trigger " + trigger.name() + " takes " + parameter + " from it");
    }

    private static boolean isNeeded(Deployment deployment, Trigger trigger, String parameter) {
        boolean hasFallback = deployment
                .template(trigger.team(), trigger.template())
                .map(template -> template.parameters().get(parameter))
                .filter(rule -> rule.fallback() != null)
                .isPresent();
        return !hasFallback && !trigger.values().containsKey(parameter);
    }

    /** @param place from a parameter to where its value stands, or should */
    private static EventRequest filled(
            Deployment deployment,
            String team,
            String trigger,
            String name,
            Map<String, JsonNode> values,
            UnaryOperator<String> place) {
        Optional<Template> template = deployment.template(team, name);
        if (template.isEmpty()) {
            return refused(trigger, deployment.unknownTemplate(team, name));
        }
        Template.Filling filling = template.get().fill(values, place);
        return filling instanceof Template.Filled filled
                ? new Search(trigger, filled.search())
                : new Refused(trigger, ((Template.Refused) filling).refusals());
    }

    private static EventRequest refused(String trigger, Refusal refusal) {
        return new Refused(trigger, List.of(refusal));
    }
}
