package io.stepsampler.worker.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of a tokenizer's tokens.
 *
 * @param size one more than the largest
 * @param padId what fills up the shorter texts of a batch
 */
record Vocabulary(int size, long padId) {

    /** The last for GPT-2, which was trained without padding and is filled up with this by custom. */
    private static final List<String> PADDING = List.of("[PAD]", "<pad>", TokenizerDescription.END_OF_TEXT);

    private static final List<String> WORDS = List.of("WordPiece", "WordLevel");

    /** @param description a {@code tokenizer.json} */
    static Vocabulary of(JsonNode description) {
        JsonNode ids = description.path("model").path("vocab");
        // A Unigram model lists its pieces in the order of their numbers.
        long largest = ids.isArray() ? ids.size() - 1 : -1;
        for (Iterator<JsonNode> values = ids.elements(); ids.isObject() && values.hasNext(); ) {
            largest = Math.max(largest, values.next().asLong());
        }
        for (JsonNode token : description.path("added_tokens")) {
            largest = Math.max(largest, token.path("id").asLong());
        }
        return new Vocabulary(Math.toIntExact(largest + 1), padId(description, ids));
    }

    /**
     * The token for what the vocabulary does not hold, where the model wants one and has none. The library would end the
     * process at the first text that needs it.
     */
    static Optional<String> missingUnknownToken(JsonNode description) {
        JsonNode model = description.path("model");
        JsonNode ids = model.path("vocab");
        if (ids.isArray()) {
            return model.path("unk_id").isIntegralNumber() ? Optional.empty() : Optional.of("unk_id");
        }
        boolean words = model.has("max_input_chars_per_word")
                || WORDS.contains(model.path("type").asText());
        if (!words && !model.path("unk_token").isTextual()) {
            return Optional.empty();
        }
        String unknown = model.path("unk_token").asText();
        return ids.has(unknown) ? Optional.empty() : Optional.of("unk_token");
    }

    private static long padId(JsonNode description, JsonNode ids) {
        JsonNode stated = description.path("padding").path("pad_id");
        if (stated.isIntegralNumber()) {
            return stated.asLong();
        }
        for (String content : PADDING) {
            for (JsonNode token : description.path("added_tokens")) {
                if (token.path("content").asText().equals(content)) {
                    return token.path("id").asLong();
                }
            }
            if (ids.path(content).isIntegralNumber()) {
                return ids.path(content).asLong();
            }
        }
        return 0;
    }
}
