package io.stepsampler.coordinator.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.messages.json.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A search file with blanks. {@code ${name}} stands for the value of a parameter: alone in a text for the value as it is,
 * within a text for its text.
 *
 * @param parameters by name
 */
public record Template(String team, String name, Map<String, Parameter> parameters, ObjectNode search)
        implements Declaration {

    public Template {
        parameters = new TreeMap<>(parameters);
        search = search.deepCopy();
    }

    /** {@code fallback}: its value where none is given; absent: one must be given. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Parameter(
            @Nullable String description,
            @JsonProperty("default") @Nullable JsonNode fallback) {}

    /** What filling in gives. */
    public sealed interface Filling {}

    /** {@code search}: a search file, which may still be refused as such. */
    public record Filled(JsonNode search) implements Filling {}

    /** Everything that is wrong, at least one thing. */
    public record Refused(List<Refusal> refusals) implements Filling {

        public Refused {
            refusals = List.copyOf(refusals);
        }
    }

    @Override
    public Id id() {
        return new Id(Kind.TEMPLATE, team, name);
    }

    /** @param values by parameter; the keys in refusals are those of the parameters, and for a default its place */
    public Filling fill(Map<String, JsonNode> values) {
        return fill(values, UnaryOperator.identity());
    }

    /** @param place from a parameter to where its value stands, or should */
    Filling fill(Map<String, JsonNode> values, UnaryOperator<String> place) {
        List<Refusal> refusals = new ArrayList<>();
        values.keySet().stream()
                .filter(given -> !parameters.containsKey(given))
                .forEach(given -> refusals.add(unknown(place.apply(given))));
        Map<String, JsonNode> all = new LinkedHashMap<>();
        parameters.forEach((parameter, rule) -> Optional.ofNullable(values.get(parameter))
                .or(() -> Optional.ofNullable(rule.fallback()))
                .ifPresentOrElse(
                        value -> all.put(parameter, value),
                        () -> refusals.add(new Refusal(place.apply(parameter), null, "is missing"))));
        if (!refusals.isEmpty()) {
            return new Refused(refusals);
        }
        Blanks.Filling filling = Blanks.fill(search, all);
        return filling.refusals().isEmpty()
                ? new Filled(filling.filled())
                : new Refused(filling.refusals().stream()
                        .map(refusal -> new Refusal(
                                values.containsKey(refusal.key())
                                        ? place.apply(refusal.key())
                                        : "parameters." + refusal.key() + ".default of template " + name,
                                refusal.value(),
                                refusal.clause()))
                        .toList());
    }

    /** Parameters that must be given. */
    Stream<String> required() {
        return parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue().fallback() == null)
                .map(Map.Entry::getKey);
    }

    /** @param key that names a parameter which the template has not */
    Refusal unknown(String key) {
        return new Refusal(
                key,
                null,
                parameters.isEmpty()
                        ? "is no parameter of template " + name + ", which has none"
                        : "is no parameter of template " + name + "; allowed: "
                                + String.join(", ", parameters.keySet()));
    }

    /** Blanks that no parameter fills. */
    List<Refusal> refusals() {
        String allowed = parameters.isEmpty()
                ? "allowed: no ${...}, as there are no parameters"
                : "allowed: "
                        + parameters.keySet().stream().map(Template::blank).collect(Collectors.joining(", "));
        return Blanks.in(search, "search").stream()
                .filter(blank -> !parameters.containsKey(blank.name()))
                .map(blank -> new Refusal(blank.path(), blank(blank.name()), allowed))
                .toList();
    }

    private static String blank(String parameter) {
        return "${" + parameter + "}";
    }
}
