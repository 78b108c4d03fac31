package io.stepsampler.worker.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Texts that are cut into tokens when they are first wanted: a search reads few of a large file. */
final class TokenizedTexts {

    private final Encoding encoding;
    private final @Nullable Tokens[] known;

    private TokenizedTexts(int count, Encoding encoding) {
        this.encoding = encoding;
        known = new Tokens[count];
    }

    private interface Encoding {
        List<Tokens> encoded(List<Integer> rows);
    }

    static TokenizedTexts of(List<String> texts, Tokenizer tokenizer, int atMost) {
        return new TokenizedTexts(
                texts.size(),
                rows -> tokenizer.encode(rows.stream().map(texts::get).toList(), atMost));
    }

    static TokenizedTexts ofPairs(List<String> texts, List<String> followers, Tokenizer tokenizer, int atMost) {
        return new TokenizedTexts(
                texts.size(),
                rows -> tokenizer.encode(
                        rows.stream().map(texts::get).toList(),
                        rows.stream().map(followers::get).toList(),
                        atMost));
    }

    int count() {
        return known.length;
    }

    List<Tokens> rows(int[] rows) {
        List<Integer> unknown = Arrays.stream(rows)
                .filter(row -> known[row] == null)
                .distinct()
                .boxed()
                .toList();
        if (!unknown.isEmpty()) {
            List<Tokens> encoded = encoding.encoded(unknown);
            for (int i = 0; i < encoded.size(); i++) {
                known[unknown.get(i)] = encoded.get(i);
            }
        }
        List<Tokens> tokens = new ArrayList<>(rows.length);
        for (int row : rows) {
            tokens.add(Objects.requireNonNull(known[row]));
        }
        return tokens;
    }
}
