package io.stepsampler.worker.data;

import io.stepsampler.messages.Dataset.LabelledText.Options;
import io.stepsampler.worker.input.Refusal;
import java.nio.file.Path;
import java.util.List;

/** Labelled text read with the tiny tokenizer, at most eight tokens long. */
final class LabelledTexts {

    private LabelledTexts() {}

    /** @param labels listed in the options, or none */
    static Options options(String... labels) {
        return new Options("", "text", null, "label", List.of(), List.of(labels), true, 8, 9, true);
    }

    static LabelledTextExamples read(Path file, Options options, Tokenizer tokenizer) throws Refusal {
        return LabelledTextExamples.read("data.train", file.toString(), options, tokenizer, TinyTokenizer.everywhere());
    }
}
