package io.stepsampler.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Dataset.TextPairs.Options;
import io.stepsampler.messages.Dataset.TextPairs.Texts;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextPairExamplesTest {

    private static final Options OPTIONS = new Options("", "en", "fr", true, 5, 4, 9, true);

    @TempDir
    private Path folder;

    private Tokenizer tokenizer;
    private NDManager manager;

    @BeforeEach
    void open() throws Exception {
        tokenizer = TinyTokenizer.open(folder);
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        tokenizer.close();
        manager.close();
    }

    @Test
    void theDecoderSeesTheTargetsOnePlaceLater() throws Exception {
        Batch batch = lines("a b\nc\n", "d\nd c\n").batch(new int[] {0, 1}, manager);
        assertThat(batch.inputs().get("input_ids").toLongArray()).containsExactly(2, 4, 5, 3, 2, 6, 3, 0);
        assertThat(batch.inputs().get("attention_mask").toLongArray()).containsExactly(1, 1, 1, 1, 1, 1, 1, 0);
        assertThat(batch.targets()).isNotNull();
        assertThat(batch.targets().toLongArray()).containsExactly(2, 7, 3, -100, 2, 7, 6, 3);
        assertThat(batch.inputs().get("decoder_input_ids").toLongArray()).containsExactly(9, 2, 7, 3, 9, 2, 7, 6);
        assertThat(batch.rows()).isEqualTo(2);
    }

    @Test
    void theDecoderSeesThePaddingWhereTheTargetIsIgnored() throws Exception {
        Batch batch = lines("a\na\n", "\nd c\n").batch(new int[] {0, 1}, manager);
        assertThat(batch.inputs().get("decoder_input_ids").toLongArray()).containsExactly(9, 2, 3, 8, 9, 2, 7, 6);
    }

    @Test
    void sourcesAndTargetsAreCutToLengthsOfTheirOwn() throws Exception {
        Batch batch = lines("a b c d\n", "d c b a\n").batch(new int[] {0}, manager);
        assertThat(batch.inputs().get("input_ids").toLongArray()).containsExactly(2, 4, 5, 6, 3);
        assertThat(batch.targets()).isNotNull();
        assertThat(batch.targets().toLongArray()).containsExactly(2, 7, 6, 3);
    }

    @Test
    void jsonLinesHoldBothTexts() throws Exception {
        Path file = Files.writeString(folder.resolve("train.jsonl"), "{\"fr\": \"b\", \"en\": \"a\"}\n");
        Batch batch = read(new Texts(file.toString(), null, null)).batch(new int[] {0}, manager);
        assertThat(batch.inputs().get("input_ids").toLongArray()).containsExactly(2, 4, 3);
        assertThat(batch.targets()).isNotNull();
        assertThat(batch.targets().toLongArray()).containsExactly(2, 5, 3);
    }

    @Test
    void filesOfUnequalLengthAreRefusedWithBothCounts() {
        assertThatThrownBy(() -> lines("a\nb\n", "c\n"))
                .isInstanceOf(Refusal.class)
                .hasMessage("data.train.target is " + folder.resolve("train.fr")
                        + ": it has 1 lines and data.train.source has 2; equal lines belong together, so the numbers"
                        + " must be equal");
    }

    @Test
    void emptyFilesAreRefused() throws Exception {
        assertThatThrownBy(() -> lines("", ""))
                .hasMessage("data.train.source is " + folder.resolve("train.en")
                        + ": it must hold at least one line, and holds none");
        Path file = Files.writeString(folder.resolve("train.jsonl"), "\n");
        assertThatThrownBy(() -> read(new Texts(file.toString(), null, null)))
                .hasMessage("data.train is " + file + ": it must hold at least one example, and holds none");
    }

    @Test
    void aSourceWithoutATargetIsRefused() {
        assertThatThrownBy(() -> read(new Texts(null, "/a", null)))
                .hasMessage("data.train is Texts[uri=null, source=/a, target=null]: it must be one file of JSON Lines,"
                        + " or a source and a target");
    }

    @Test
    void aLengthWithoutRoomForATokenIsRefused() {
        Options options = new Options("", "en", "fr", true, 5, 2, 9, true);
        assertThatThrownBy(() -> TextPairExamples.read(
                        "data.train",
                        new Texts("/a", null, null),
                        options,
                        tokenizer,
                        TargetTokens.of(9, 8),
                        TinyTokenizer.everywhere()))
                .hasMessage("data.options.maxTargetLength is 2: it must be at least 3, because the tokenizer adds 2"
                        + " special tokens to each example");
    }

    private TextPairExamples lines(String source, String target) throws IOException, Refusal {
        Path sources = Files.writeString(folder.resolve("train.en"), source);
        Path targets = Files.writeString(folder.resolve("train.fr"), target);
        return read(new Texts(null, sources.toString(), targets.toString()));
    }

    private TextPairExamples read(Texts texts) throws Refusal {
        return TextPairExamples.read(
                "data.train", texts, OPTIONS, tokenizer, TargetTokens.of(9, 8), TinyTokenizer.everywhere());
    }
}
