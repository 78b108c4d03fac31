package io.stepsampler.messages.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What the schema cannot say: rules that span keys, and locations. */
final class SearchFileRules {

    private static final MathContext RATE_DIGITS = new MathContext(9);

    static final List<String> PARTS = List.of("train", "validation", "test");

    /** What each family can be fed with. */
    private static final Map<String, List<String>> FORMATS = Map.of(
            "resnet18", List.of("image-folder", "tensors", "batches"),
            "bert", List.of("labelled-text", "batches"),
            "bart", List.of("text-pairs", "batches"),
            "torchscript", List.of("image-folder", "labelled-text", "tensors", "batches"));

    private SearchFileRules() {}

    /** Makes locations absolute in place; returns what is wrong. */
    static List<Refusal> refusals(ObjectNode file, Locations locations) {
        List<Refusal> refusals = new ArrayList<>();
        rangeIsNotEmpty(file.path("search")).ifPresent(refusals::add);
        nesterovHasMomentum(file.path("training").path("optimizer")).ifPresent(refusals::add);
        familyTakesFormat(file).ifPresent(refusals::add);
        lossFitsModel(file).ifPresent(refusals::add);
        refusals.addAll(groups(file.path("training").path("groups")));
        microBatchIsSmaller(file.path("training")).ifPresent(refusals::add);
        refusals.addAll(textsAreWhole(file.path("data")));
        refusals.addAll(FreshCheckpointRules.refusals(file));
        refusals.addAll(locations(file, locations));
        return refusals;
    }

    private static List<Refusal> locations(ObjectNode file, Locations locations) {
        return SearchLocations.places(file).stream()
                .map(place -> resolve(place, locations))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Refusal> familyTakesFormat(ObjectNode file) {
        String family = file.path("model").path("family").asText();
        String format = file.path("data").path("format").asText();
        List<String> formats = FORMATS.getOrDefault(family, List.of());
        if (formats.isEmpty() || formats.contains(format)) {
            return Optional.empty();
        }
        return Optional.of(
                new Refusal("data.format", format, "allowed for " + family + ": " + String.join(", ", formats)));
    }

    /** Only a module of the team's own can answer with its loss; the encoder and the decoder answer with classes. */
    private static Optional<Refusal> lossFitsModel(ObjectNode file) {
        String family = file.path("model").path("family").asText();
        String loss = file.path("training").path("loss").path("name").asText();
        if (loss.equals("output") && !family.equals("torchscript")) {
            return Optional.of(new Refusal("training.loss.name", loss, "allowed for torchscript only"));
        }
        if ((family.equals("bert") || family.equals("bart")) && !loss.equals("cross-entropy")) {
            return Optional.of(new Refusal("training.loss.name", loss, "allowed for " + family + ": cross-entropy"));
        }
        return Optional.empty();
    }

    private static List<Refusal> groups(JsonNode groups) {
        List<Refusal> refusals = new ArrayList<>();
        for (int index = 0; index < groups.size(); index++) {
            String match = groups.get(index).path("match").asText();
            try {
                Pattern.compile(match);
            } catch (PatternSyntaxException e) {
                refusals.add(new Refusal(
                        "training.groups[" + index + "].match",
                        match,
                        "allowed: a regular expression (" + e.getDescription() + ")"));
            }
        }
        return refusals;
    }

    private static Optional<Refusal> microBatchIsSmaller(JsonNode training) {
        JsonNode micro = training.path("microBatchSize");
        if (micro.isMissingNode() || micro.asInt() <= training.path("batchSize").asInt()) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                "training.microBatchSize",
                micro.asText(),
                "allowed: at most training.batchSize, which is "
                        + training.path("batchSize").asText()));
    }

    private static List<Refusal> textsAreWhole(JsonNode data) {
        List<Refusal> refusals = new ArrayList<>();
        for (String part : PARTS) {
            JsonNode texts = data.path(part);
            boolean whole = texts.has("uri") ? texts.size() == 1 : texts.has("source") && texts.has("target");
            if (texts.isObject() && !whole) {
                refusals.add(new Refusal(
                        "data." + part, texts.toString(), "allowed: a file of JSON Lines, or source and target"));
            }
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

    private static Optional<Refusal> resolve(SearchLocations.Place place, Locations locations) {
        Optional<String> allowed = LocationSyntax.allowedInstead(place.location());
        if (allowed.isPresent()) {
            return Optional.of(new Refusal(place.key(), place.location(), "allowed: " + allowed.get()));
        }
        Optional<String> absolute = locations.absolute(place.location());
        absolute.ifPresent(place::replace);
        return absolute.isPresent()
                ? Optional.empty()
                : Optional.of(new Refusal(place.key(), place.location(), "allowed: an absolute path or a URI"));
    }
}
