package io.stepsampler.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        LabelledTextExamples examples = read(csv("label,text\n1,a\n0,a b c d\n2,b b\n"), options());
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
        Batch batch = read(csv("label,text\n0,a b c d a b c d\n"), options()).batch(new int[] {0}, manager);
        assertThat(batch.inputs().get("input_ids").toLongArray()).containsExactly(2, 4, 5, 6, 7, 4, 5, 3);
    }

    @Test
    void quotesHoldCommasNewlinesAndQuotes() throws Exception {
        LabelledTextExamples examples = read(csv("text,label\r\n\"a,\"\"b\"\"\nc\",1\r\n"), options());
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
                options());
        assertThat(ids(examples, 1)).containsExactly(2, 5, 3);
        assertThat(examples.classes()).isEqualTo(2);
    }

    @Test
    void gzippedFilesAreUnpacked() throws Exception {
        Path csv = gzip("train.csv.gz", "text,label\na,1\n");
        Path json = gzip("train.jsonl.gz", "{\"label\": 1, \"text\": \"a\"}\n");
        assertThat(ids(read(csv, options()), 0)).containsExactly(2, 4, 3);
        assertThat(ids(read(json, options()), 0)).containsExactly(2, 4, 3);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheHeader() throws Exception {
        assertThat(read(csv("\uFEFFtext,label\na,1\n"), options()).count()).isEqualTo(1);
    }

    @Test
    void labelsAreNumberedInTheOrderOfTheirList() throws Exception {
        LabelledTextExamples examples = read(csv("text,label\na,bee\n"), labelled("ant", "bee", "wasp"));
        Batch batch = examples.batch(new int[] {0}, manager);
        assertThat(batch.targets()).isNotNull();
        assertThat(batch.targets().toLongArray()).containsExactly(1);
        assertThat(examples.classes()).isEqualTo(3);
    }

    @Test
    void aLabelThatIsNoNumberIsRefused() throws Exception {
        for (String label : List.of("-1", "1.0", "bee", "")) {
            Path file = csv("text,label\na,0\nb," + label + "\n");
            assertRefused(
                    file,
                    options(),
                    "data.train is " + file + ": line 3 has the label " + label
                            + "; it must be a whole number from 0, or data.options.labels must list the labels");
        }
    }

    @Test
    void aLabelThatIsNotListedIsRefused() throws Exception {
        Path file = csv("text,label\na,fly\n");
        assertRefused(
                file,
                labelled("ant", "bee"),
                "data.train is " + file + ": line 2 has the label fly; it must be one of [ant, bee]");
    }

    @Test
    void aLabelListedTwiceIsRefused() throws Exception {
        assertRefused(
                csv("text,label\na,fly\n"),
                labelled("ant", "ant"),
                "data.options.labels is [ant, ant]: each label must be there once");
    }

    @Test
    void aColumnThatIsNotThereIsRefused() throws Exception {
        assertRefused(
                csv("title,label\na,0\n"),
                options(),
                "data.options.textColumn is text: it must be one of the columns of data.train, [title, label];"
                        + " data.options.columns names those of a file whose first line does not");
        assertRefused(
                write("train.jsonl", "{\"text\": \"a\", \"class\": 1}\n"),
                options(),
                "data.options.labelColumn is label: it must be a member of each line of data.train; line 1 has"
                        + " [text, class]");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() throws Exception {
        Path file = csv("text,label\na,0\nb,c,1\n");
        assertRefused(
                file,
                options(),
                "data.train is " + file + ": line 3 has 3 columns; it must have 2, one for each of [text, label]");
    }

    @Test
    void columnsOfOneNameAreRefused() throws Exception {
        Path file = csv("text,text,label\na,b,0\n");
        assertRefused(
                file,
                options(),
                "data.train is " + file + ": its columns are [text, text, label]; each must have a name of its own");
    }

    @Test
    void aQuoteThatIsNeverClosedIsRefused() throws Exception {
        Path file = csv("text,label\n\"a,0\n");
        assertRefused(
                file,
                options(),
                "data.train is " + file + ": it must be CSV as in RFC 4180 ((startline 2) EOF reached before"
                        + " encapsulated token finished)");
    }

    @Test
    void aFileWithoutExamplesIsRefused() throws Exception {
        Path file = csv("text,label\n");
        assertRefused(file, options(), "data.train is " + file + ": it must hold at least one example, and holds none");
    }

    @Test
    void whatIsNoUtf8IsRefused() throws Exception {
        Path file = Files.write(folder.resolve("train.csv"), "text,label\né,0\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(
                file, options(), "data.train is " + file + ": it must be UTF-8 text, and is not (Input length = 1)");
    }

    @Test
    void aLineThatIsNoJsonObjectIsRefused() throws Exception {
        Path file = write("train.json", "[{\"text\": \"a\", \"label\": 1}]\n");
        assertRefused(
                file,
                options(),
                "data.train is " + file + ": line 1 must be a JSON object, as each line of JSON Lines is");
        write("train.json", "{\"text\" \"a\"}\n");
        assertRefused(
                file,
                options(),
                "data.train is " + file + ": line 1 is no JSON (Unexpected character ('\"' (code 34)): was expecting a"
                        + " colon to separate field name and value)");
    }

    @Test
    void aTextThatIsNullIsRefused() throws Exception {
        Path file = write("train.jsonl", "{\"text\": null, \"label\": 1}\n");
        assertRefused(
                file, options(), "data.train is " + file + ": line 1 has the text null; it must be text or a number");
    }

    @Test
    void aLengthWithoutRoomForATokenIsRefused() throws Exception {
        assertRefused(
                csv("text,label\na,0\n"),
                new Options("", "text", null, "label", List.of(), List.of(), true, 2, 9, true),
                "data.options.maxLength is 2: it must be at least 3, because the tokenizer adds 2 special tokens to"
                        + " each example");
    }

    private static Options options() {
        return labelled();
    }

    private static Options labelled(String... labels) {
        return new Options("", "text", null, "label", List.of(), List.of(labels), true, 8, 9, true);
    }

    private long[] ids(LabelledTextExamples examples, int row) {
        return examples.batch(new int[] {row}, manager).inputs().get(0).toLongArray();
    }

    private LabelledTextExamples read(Path file, Options options) throws Refusal {
        return LabelledTextExamples.read("data.train", file.toString(), options, tokenizer, TinyTokenizer.everywhere());
    }

    private void assertRefused(Path file, Options options, String sentence) {
        assertThatThrownBy(() -> read(file, options))
                .isInstanceOf(Refusal.class)
                .hasMessage(sentence);
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
