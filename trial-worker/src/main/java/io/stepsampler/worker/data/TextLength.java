package io.stepsampler.worker.data;

import io.stepsampler.worker.input.Refusal;

/** How many tokens an example may have. */
final class TextLength {

    private TextLength() {}

    /** Where the special tokens leave no room, the tokenizers library would not cut at all. */
    static void requireRoom(String key, int length, int specialTokens) throws Refusal {
        if (length <= specialTokens) {
            throw Refusal.badInput(
                    key,
                    length,
                    "it must be at least " + (specialTokens + 1) + ", because the tokenizer adds " + specialTokens
                            + " special tokens to each example");
        }
    }
}
