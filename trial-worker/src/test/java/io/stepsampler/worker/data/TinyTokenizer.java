package io.stepsampler.worker.data;

import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Vocabularies of a dozen tokens, written where a test wants them. */
final class TinyTokenizer {

    /** The padding is 0, [CLS] 2, [SEP] 3, a to d 4 to 7, ##b 8. */
    static final String WORD_PIECES = "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nb\nc\nd\n##b\n";

    private TinyTokenizer() {}

    static Path wordPieces(Path folder) throws IOException {
        return Files.writeString(folder.resolve("vocab.txt"), WORD_PIECES);
    }

    static Tokenizer open(Path folder) throws IOException, Refusal {
        return Tokenizer.open(wordPieces(folder).toString(), true, everywhere());
    }

    static Locations everywhere() {
        return new Locations(List.of(Path.of("/")));
    }
}
