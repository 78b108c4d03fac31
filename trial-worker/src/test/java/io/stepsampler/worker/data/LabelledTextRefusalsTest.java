package io.stepsampler.worker.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsampler.messages.Dataset.LabelledText.Options;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be read is refused in one sentence with the line or the key. */
class LabelledTextRefusalsTest {

    @TempDir
    private Path folder;

    private Tokenizer tokenizer;

    @BeforeEach
    void open() throws Exception {
        tokenizer = TinyTokenizer.open(folder);
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    @Test
    void aLabelThatIsNoNumberIsRefused() throws Exception {
        for (String label : List.of("-1", "1.0", "bee", "")) {
            Path file = csv("text,label\na,0\nb," + label + "\n");
            assertRefused(
                    file,
                    LabelledTexts.options(),
                    "data.train is " + file + ": line 3 has the label " + label
                            + "; it must be a whole number from 0, or data.options.labels must list the labels");
        }
    }

    @Test
    void aLabelThatIsNotListedIsRefused() throws Exception {
        Path file = csv("text,label\na,fly\n");
        assertRefused(
                file,
                LabelledTexts.options("ant", "bee"),
                "data.train is " + file + ": line 2 has the label fly; it must be one of [ant, bee]");
    }

    @Test
    void aLabelListedTwiceIsRefused() throws Exception {
        assertRefused(
                csv("text,label\na,fly\n"),
                LabelledTexts.options("ant", "ant"),
                "data.options.labels is [ant, ant]: each label must be there once");
    }

    @Test
    void aColumnThatIsNotThereIsRefused() throws Exception {
        assertRefused(
                csv("title,label\na,0\n"),
                LabelledTexts.options(),
                "data.options.textColumn is text: it must be one of the columns of data.train, [title, label];"
                        + " data.options.columns names those of a file whose first line does not");
        assertRefused(
                write("train.jsonl", "{\"text\": \"a\", \"class\": 1}\n"),
                LabelledTexts.options(),
                "data.options.labelColumn is label: it must be a member of each line of data.train; line 1 has"
                        + " [text, class]");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() throws Exception {
        Path file = csv("text,label\na,0\nb,c,1\n");
        assertRefused(
                file,
                LabelledTexts.options(),
                "data.train is " + file + ": line 3 has 3 columns; it must have 2, one for each of [text, label]");
    }

    @Test
    void columnsOfOneNameAreRefused() throws Exception {
        Path file = csv("text,text,label\na,b,0\n");
        assertRefused(
                file,
                LabelledTexts.options(),
                "data.train is " + file + ": its columns are [text, text, label]; each must have a name of its own");
    }

    @Test
    void aQuoteThatIsNeverClosedIsRefused() throws Exception {
        Path file = csv("text,label\n\"a,0\n");
        assertRefused(
                file,
                LabelledTexts.options(),
                "data.train is " + file + ": it must be CSV as in RFC 4180 ((startline 2) EOF reached before"
                        + " encapsulated token finished)");
    }

    @Test
    void aFileWithoutExamplesIsRefused() throws Exception {
        Path file = csv("text,label\n");
        assertRefused(
                file,
                LabelledTexts.options(),
                "data.train is " + file + ": it must hold at least one example, and holds none");
    }

    @Test
    void whatIsNoUtf8IsRefused() throws Exception {
        Path file = Files.write(folder.resolve("train.csv"), "text,label\né,0\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(
                file,
                LabelledTexts.options(),
                "data.train is " + file + ": it must be UTF-8 text, and is not (Input length = 1)");
    }

    @Test
    void aLineThatIsNoJsonObjectIsRefused() throws Exception {
        Path file = write("train.json", "[{\"text\": \"a\", \"label\": 1}]\n");
        assertRefused(
                file,
                LabelledTexts.options(),
                "data.train is " + file + ": line 1 must be a JSON object, as each line of JSON Lines is");
        write("train.json", "{\"text\" \"a\"}\n");
        assertRefused(
                file,
                LabelledTexts.options(),
                "data.train is " + file + ": line 1 is no JSON (Unexpected character ('\"' (code 34)): was expecting a"
                        + " colon to separate field name and value)");
    }

    @Test
    void aTextThatIsNullIsRefused() throws Exception {
        Path file = write("train.jsonl", "{\"text\": null, \"label\": 1}\n");
        assertRefused(
                file,
                LabelledTexts.options(),
                "data.train is " + file + ": line 1 has the text null; it must be text or a number");
    }

    @Test
    void aLengthWithoutRoomForATokenIsRefused() throws Exception {
        assertRefused(
                csv("text,label\na,0\n"),
                new Options("", "text", null, "label", List.of(), List.of(), true, 2, 9, true),
                "data.options.maxLength is 2: it must be at least 3, because the tokenizer adds 2 special tokens to"
                        + " each example");
    }

    private void assertRefused(Path file, Options options, String sentence) {
        assertThatThrownBy(() -> LabelledTexts.read(file, options, tokenizer))
                .isInstanceOf(Refusal.class)
                .hasMessage(sentence);
    }

    private Path csv(String content) throws IOException {
        return write("train.csv", content);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
