package io.stepsampler.worker.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Dataset.LabelledText.Options;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledTextExamplesTest {

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
    void aBatchIsFilledUpToItsLongestText() throws Exception {
        LabelledTextExamples examples = read(csv("label,text\n1,a\n0,a b c d\n2,b b\n"), LabelledTexts.options());
        Batch batch = examples.batch(new int[] {2, 0}, manager);
        assertThat(batch.inputs().get("input_ids").getShape()).isEqualTo(new Shape(2, 4));
        assertThat(batch.inputs().get("input_ids").toLongArray()).containsExactly(2, 5, 5, 3, 2, 4, 3, 0);
        assertThat(batch.inputs().get("attention_mask").toLongArray()).containsExactly(1, 1, 1, 1, 1, 1, 1, 0);
        assertThat(batch.inputs().get("token_type_ids").toLongArray()).containsOnly(0);
        assertThat(batch.targets()).isNotNull();
        assertThat(batch.targets().toLongArray()).containsExactly(2, 1);
        assertThat(batch.rows()).isEqualTo(2);
        assertThat(examples.count()).isEqualTo(3);
        assertThat(examples.classes()).isEqualTo(3);
    }

    @Test
    void textsAreCutToTheMaximumLength() throws Exception {
        Batch batch = read(csv("label,text\n0,a b c d a b c d\n"), LabelledTexts.options())
                .batch(new int[] {0}, manager);
        assertThat(batch.inputs().get("input_ids").toLongArray()).containsExactly(2, 4, 5, 6, 7, 4, 5, 3);
    }

    @Test
    void quotesHoldCommasNewlinesAndQuotes() throws Exception {
        LabelledTextExamples examples = read(csv("text,label\r\n\"a,\"\"b\"\"\nc\",1\r\n"), LabelledTexts.options());
        assertThat(ids(examples, 0)).containsExactly(2, 4, 1, 1, 5, 1, 6, 3);
    }

    @Test
    void aFileWithoutAHeaderHasItsColumnsNamed() throws Exception {
        Options options =
                new Options("", "text", "more", "label", List.of("label", "text", "more"), List.of(), true, 8, 9, true);
        Batch batch = read(csv("0,a b,c\n"), options).batch(new int[] {0}, manager);
        assertThat(batch.inputs().get("input_ids").toLongArray()).containsExactly(2, 4, 5, 3, 6, 3);
        assertThat(batch.inputs().get("token_type_ids").toLongArray()).containsExactly(0, 0, 0, 0, 1, 1);
    }

    @Test
    void jsonLinesAreReadByMember() throws Exception {
        LabelledTextExamples examples = read(
                write(
                        "train.jsonl",
                        "{\"label\": 1, \"text\": \"a\"}\n\n{\"text\": \"b\", \"label\": \"0\", \"x\": []}\n"),
                LabelledTexts.options());
        assertThat(ids(examples, 1)).containsExactly(2, 5, 3);
        assertThat(examples.classes()).isEqualTo(2);
    }

    @Test
    void gzippedFilesAreUnpacked() throws Exception {
        Path csv = gzip("train.csv.gz", "text,label\na,1\n");
        Path json = gzip("train.jsonl.gz", "{\"label\": 1, \"text\": \"a\"}\n");
        assertThat(ids(read(csv, LabelledTexts.options()), 0)).containsExactly(2, 4, 3);
        assertThat(ids(read(json, LabelledTexts.options()), 0)).containsExactly(2, 4, 3);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheHeader() throws Exception {
        assertThat(read(csv("\uFEFFtext,label\na,1\n"), LabelledTexts.options()).count())
                .isEqualTo(1);
    }

    @Test
    void labelsAreNumberedInTheOrderOfTheirList() throws Exception {
        LabelledTextExamples examples = read(csv("text,label\na,bee\n"), LabelledTexts.options("ant", "bee", "wasp"));
        Batch batch = examples.batch(new int[] {0}, manager);
        assertThat(batch.targets()).isNotNull();
        assertThat(batch.targets().toLongArray()).containsExactly(1);
        assertThat(examples.classes()).isEqualTo(3);
    }

    private long[] ids(LabelledTextExamples examples, int row) {
        return examples.batch(new int[] {row}, manager).inputs().get(0).toLongArray();
    }

    private LabelledTextExamples read(Path file, Options options) throws Refusal {
        return LabelledTexts.read(file, options, tokenizer);
    }

    private Path csv(String content) throws IOException {
        return write("train.csv", content);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Path gzip(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
            packed.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
