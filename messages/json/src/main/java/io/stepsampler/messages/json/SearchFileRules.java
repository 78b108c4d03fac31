package io.stepsampler.messages.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the schema cannot say: rules that span keys, and locations. */
final class SearchFileRules {

    private static final MathContext RATE_DIGITS = new MathContext(9);

    private SearchFileRules() {}

    /** Makes locations absolute in place; returns what is wrong. */
    static List<Refusal> refusals(ObjectNode file, Locations locations) {
        List<Refusal> refusals = new ArrayList<>();
        rangeIsNotEmpty(file.path("search")).ifPresent(refusals::add);
        nesterovHasMomentum(file.path("training").path("optimizer")).ifPresent(refusals::add);
        resolve(file.path("model").path("checkpoint"), "uri", "model.checkpoint", locations)
                .ifPresent(refusals::add);
        for (String key : List.of("train", "validation", "test")) {
            resolve(file.path("data"), key, "data." + key, locations).ifPresent(refusals::add);
        }
        return refusals;
    }

    /** YAML has .inf and .nan, which JSON Schema does not know. */
    static List<Refusal> notFinite(JsonNode node, String path) {
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            return List.of(new Refusal(path, node.asText(), "allowed: a finite number"));
        }
        List<Refusal> refusals = new ArrayList<>();
        node.properties()
                .forEach(property -> refusals.addAll(notFinite(
                        property.getValue(), path.isEmpty() ? property.getKey() : path + "." + property.getKey())));
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            refusals.addAll(notFinite(node.get(index), path + "[" + index + "]"));
        }
        return refusals;
    }

    private static Optional<Refusal> rangeIsNotEmpty(JsonNode search) {
        if (rounded(search.path("from")).compareTo(rounded(search.path("to"))) < 0) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                "search.from",
                search.path("from").asText(),
                "allowed: a number below search.to, which is "
                        + search.path("to").asText()));
    }

    /** Rates that agree in that many digits are one rate: see {@code LearningRate} of the method. */
    private static BigDecimal rounded(JsonNode rate) {
        return BigDecimal.valueOf(rate.asDouble()).round(RATE_DIGITS);
    }

    /** As {@code torch.optim.SGD} demands. */
    private static Optional<Refusal> nesterovHasMomentum(JsonNode optimizer) {
        boolean allowed = !optimizer.path("nesterov").asBoolean()
                || (optimizer.path("momentum").asDouble() > 0
                        && optimizer.path("dampening").asDouble() == 0);
        if (allowed) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                "training.optimizer.nesterov", "true", "allowed: with a momentum above 0 and a dampening of 0"));
    }

    private static Optional<Refusal> resolve(JsonNode owner, String member, String key, Locations locations) {
        JsonNode location = owner.path(member);
        if (!(owner instanceof ObjectNode object) || !location.isTextual()) {
            return Optional.empty();
        }
        Optional<String> allowed = LocationSyntax.allowedInstead(location.asText());
        if (allowed.isPresent()) {
            return Optional.of(new Refusal(key, location.asText().replace("\0", "\\0"), "allowed: " + allowed.get()));
        }
        Optional<String> absolute = locations.absolute(location.asText());
        absolute.ifPresent(value -> object.put(member, value));
        return absolute.isPresent()
                ? Optional.empty()
                : Optional.of(new Refusal(key, location.asText(), "allowed: an absolute path or a URI"));
    }
}
