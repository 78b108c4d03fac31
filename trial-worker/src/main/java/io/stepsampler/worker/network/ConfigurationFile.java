package io.stepsampler.worker.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Hugging Face {@code config.json}. A value of the search's options comes before the file's, and the published base
 * model's after it. An option is called as the file's key is, in camel case.
 */
final class ConfigurationFile {

    private static final int LARGEST = 1 << 24;

    private static final Pattern WORD_START = Pattern.compile("_(.)");

    private final JsonNode values;

    private ConfigurationFile(JsonNode values) {
        this.values = values;
    }

    /** @param named where the options say that it is */
    static ConfigurationFile of(@Nullable String named, Checkpoint checkpoint, Locations locations) throws Refusal {
        Optional<String> stored = checkpoint instanceof Checkpoint.Stored at ? Optional.of(at.uri()) : Optional.empty();
        return read(new ModelFiles(locations).configuration(named, stored));
    }

    private static ConfigurationFile read(Optional<Path> file) throws Refusal {
        if (file.isEmpty()) {
            return new ConfigurationFile(JsonNodeFactory.instance.objectNode());
        }
        try {
            JsonNode values = MessageJson.mapper().readTree(file.get().toFile());
            if (values.isObject()) {
                return new ConfigurationFile(values);
            }
        } catch (IOException e) {
            throw Refusal.badInput(
                    ModelFiles.CONFIGURATION_KEY, file.get(), "it must be a JSON object (" + Complaint.of(e) + ")");
        }
        throw Refusal.badInput(ModelFiles.CONFIGURATION_KEY, file.get(), "it must be a JSON object");
    }

    /** A count of 1 or more. */
    int size(String key, @Nullable Integer option, int published) throws Refusal {
        int size = option != null ? option : values.hasNonNull(key) ? whole(key) : published;
        if (size < 1 || size > LARGEST) {
            throw option != null
                    ? Refusal.badInput(optionKey(key), option, "it must be from 1 to " + LARGEST)
                    : refusal(key, "it must be a whole number from 1 to " + LARGEST);
        }
        return size;
    }

    /** From 0 to below 1. */
    double probability(String key, @Nullable Double option, double published) throws Refusal {
        double probability = option != null ? option : number(key, published);
        if (!(probability >= 0 && probability < 1)) {
            throw option != null
                    ? Refusal.badInput(optionKey(key), option, "it must be from 0 to below 1")
                    : refusal(key, "it must be a number from 0 to below 1");
        }
        return probability;
    }

    double positive(String key, double published) throws Refusal {
        double number = number(key, published);
        if (!(number > 0 && Double.isFinite(number))) {
            throw refusal(key, "it must be a number above 0");
        }
        return number;
    }

    /** The place of a token in the vocabulary. */
    int token(String key, int published, int vocabulary) throws Refusal {
        int token = values.hasNonNull(key) ? whole(key) : published;
        if (token < 0 || token >= vocabulary) {
            throw values.hasNonNull(key)
                    ? refusal(key, "it must be a token of the vocabulary, from 0 to below " + vocabulary)
                    : Refusal.badInput(
                            optionKey("vocab_size"), vocabulary, "it must be above " + key + ", which is " + token);
        }
        return token;
    }

    /** As {@link #token}; null in the file means that there is none. */
    OptionalInt optionalToken(String key, int published, int vocabulary) throws Refusal {
        return values.path(key).isNull() ? OptionalInt.empty() : OptionalInt.of(token(key, published, vocabulary));
    }

    boolean isTrue(String key) {
        return values.path(key).asBoolean(false);
    }

    /** What this worker computes is one of the allowed values; a key that is absent means the first. */
    void require(String key, Object... allowed) throws Refusal {
        JsonNode value = values.path(key);
        List<String> texts = Stream.of(allowed).map(String::valueOf).toList();
        if (!value.isMissingNode() && !value.isNull() && !texts.contains(value.asText())) {
            throw refusal(key, "allowed is " + texts.stream().distinct().collect(Collectors.joining(" or ")));
        }
    }

    /** Both are given with their keys, because either may be the one to change. */
    static void requireDivisible(String key, int size, String headsKey, int heads) throws Refusal {
        if (size % heads != 0) {
            throw Refusal.badInput(
                    optionKey(headsKey), heads, "it must divide " + optionKey(key) + ", which is " + size);
        }
    }

    private double number(String key, double published) throws Refusal {
        JsonNode value = values.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return published;
        }
        if (!value.isNumber()) {
            throw refusal(key, "it must be a number");
        }
        return value.asDouble();
    }

    private int whole(String key) throws Refusal {
        if (!values.path(key).canConvertToInt() || !values.path(key).isIntegralNumber()) {
            throw refusal(key, "it must be a whole number");
        }
        return values.path(key).asInt();
    }

    private Refusal refusal(String key, String explanation) {
        return Refusal.badInput(
                ModelFiles.CONFIGURATION_KEY, key + "=" + values.path(key).asText(), explanation);
    }

    private static String optionKey(String key) {
        String camelCase =
                WORD_START.matcher(key).replaceAll(start -> start.group(1).toUpperCase(Locale.ROOT));
        return "model.options." + camelCase;
    }
}
