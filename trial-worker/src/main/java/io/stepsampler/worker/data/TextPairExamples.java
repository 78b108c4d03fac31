package io.stepsampler.worker.data;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Dataset;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.util.List;

/**
 * Texts and what they become: {@code input_ids} and {@code attention_mask} of shape (N, longest source of the batch),
 * {@code decoder_input_ids} and the targets of shape (N, longest target).
 */
public final class TextPairExamples implements Examples {

    private final TokenizedTexts sources;
    private final TokenizedTexts targets;
    private final long padId;
    private final TargetTokens targetTokens;

    private TextPairExamples(TokenizedTexts sources, TokenizedTexts targets, long padId, TargetTokens targetTokens) {
        this.sources = sources;
        this.targets = targets;
        this.padId = padId;
        this.targetTokens = targetTokens;
    }

    /**
     * @param key where the search file names the texts, such as {@code data.train}
     * @param tokenizer stays open, and the caller's
     */
    public static TextPairExamples read(
            String key,
            Dataset.TextPairs.Texts texts,
            Dataset.TextPairs.Options options,
            Tokenizer tokenizer,
            TargetTokens targetTokens,
            Locations locations)
            throws Refusal {
        int specialTokens = tokenizer.specialTokens();
        TextLength.requireRoom("data.options.maxSourceLength", options.maxSourceLength(), specialTokens);
        TextLength.requireRoom("data.options.maxTargetLength", options.maxTargetLength(), specialTokens);
        ParallelTexts parallel = ParallelTexts.read(key, texts, options, locations);
        return new TextPairExamples(
                TokenizedTexts.of(parallel.sources(), tokenizer, options.maxSourceLength()),
                TokenizedTexts.of(parallel.targets(), tokenizer, options.maxTargetLength()),
                tokenizer.padId(),
                targetTokens);
    }

    /** A batch is as wide as its longest text. */
    @Override
    public boolean isUniform() {
        return false;
    }

    @Override
    public int count() {
        return sources.count();
    }

    @Override
    public Batch batch(int[] rows, NDManager manager) {
        List<long[]> ids = sources.rows(rows).stream().map(Tokens::ids).toList();
        List<long[]> wanted = targets.rows(rows).stream().map(Tokens::ids).toList();
        int longest = wanted.stream().mapToInt(row -> row.length).max().orElse(0);
        List<long[]> filled = wanted.stream()
                .map(row -> Padding.filled(row, longest, targetTokens.ignored()))
                .toList();
        return new Batch(
                new NDList(
                        Padding.filled("input_ids", ids, padId, manager),
                        Padding.mask("attention_mask", ids, manager),
                        Padding.filled(
                                "decoder_input_ids",
                                filled.stream().map(targetTokens::shiftedRight).toList(),
                                targetTokens.pad(),
                                manager)),
                Padding.filled("targets", filled, targetTokens.ignored(), manager),
                rows.length);
    }
}
