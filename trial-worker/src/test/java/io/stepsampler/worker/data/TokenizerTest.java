package io.stepsampler.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsampler.worker.input.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {

    @TempDir
    private Path folder;

    @Test
    void aVocabularyOfWordPiecesEnclosesTextsAsBertDoes() throws Exception {
        try (Tokenizer tokenizer = TinyTokenizer.open(folder)) {
            assertThat(ids(tokenizer, "A abb é, c")).containsExactly(2, 4, 4, 8, 8, 1, 1, 6, 3);
            assertThat(tokenizer.vocabularySize()).isEqualTo(9);
            assertThat(tokenizer.padId()).isZero();
            assertThat(tokenizer.specialTokens()).isEqualTo(2);
            assertThat(tokenizer.specialTokensOfPairs()).isEqualTo(3);
        }
    }

    @Test
    void upperCaseStaysWhereTheVocabularyHasIt() throws Exception {
        try (Tokenizer tokenizer =
                Tokenizer.open(TinyTokenizer.wordPieces(folder).toString(), false, TinyTokenizer.everywhere())) {
            assertThat(ids(tokenizer, "A a")).containsExactly(2, 1, 4, 3);
        }
    }

    @Test
    void aLongTextLosesItsEndAndKeepsItsSpecialTokens() throws Exception {
        try (Tokenizer tokenizer = TinyTokenizer.open(folder)) {
            assertThat(tokenizer.encode(List.of("a b c d"), 4).get(0).ids()).containsExactly(2, 4, 5, 3);
        }
    }

    @Test
    void theLongerOfTwoTextsIsCutFirst() throws Exception {
        try (Tokenizer tokenizer = TinyTokenizer.open(folder)) {
            Tokens tokens =
                    tokenizer.encode(List.of("a b c d"), List.of("d c"), 7).get(0);
            assertThat(tokens.ids()).containsExactly(2, 4, 5, 3, 7, 6, 3);
            assertThat(tokens.types()).containsExactly(0, 0, 0, 0, 1, 1, 1);
        }
    }

    @Test
    void aFolderWithATokenizerJsonIsReadAsThatFile() throws Exception {
        TinyTokenizer.wordPieces(folder);
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"padding": {"strategy": {"Fixed": 20}, "direction": "Right", "pad_to_multiple_of": null,
                             "pad_id": 1, "pad_type_id": 0, "pad_token": "p"},
                 "added_tokens": [{"id": 3, "content": "x", "special": true, "single_word": false,
                                   "lstrip": false, "rstrip": false, "normalized": false}],
                 "pre_tokenizer": {"type": "Whitespace"},
                 "model": {"type": "WordLevel", "unk_token": "u", "vocab": {"u": 0, "p": 1, "a": 2}}}
                """);
        try (Tokenizer tokenizer = Tokenizer.open(folder.toString(), true, TinyTokenizer.everywhere())) {
            assertThat(ids(tokenizer, "a b x")).containsExactly(2, 0, 3);
            assertThat(tokenizer.padId()).isEqualTo(1);
            assertThat(tokenizer.vocabularySize()).isEqualTo(4);
        }
    }

    @Test
    void bytePairsAreEnclosedAsBartDoes() throws Exception {
        bytePairs(
                "vocab.json",
                "{\"<s>\":0,\"<pad>\":1,\"</s>\":2,\"<unk>\":3,\"a\":4,\"b\":5,\"ab\":6,\"Ġ\":7,\"Ġab\":8}");
        try (Tokenizer tokenizer = Tokenizer.open(folder.toString(), true, TinyTokenizer.everywhere())) {
            assertThat(ids(tokenizer, "ab abb")).containsExactly(0, 6, 8, 5, 2);
            assertThat(tokenizer.padId()).isEqualTo(1);
            assertThat(tokenizer.specialTokensOfPairs()).isEqualTo(4);
        }
    }

    @Test
    void bytePairsWithoutSentenceTokensAreEnclosedInTheEndOfText() throws Exception {
        bytePairs("encoder.json", "{\"a\":0,\"b\":1,\"ab\":2,\"Ġ\":3,\"Ġab\":4,\"<|endoftext|>\":5}");
        try (Tokenizer tokenizer = Tokenizer.open(folder.toString(), true, TinyTokenizer.everywhere())) {
            assertThat(ids(tokenizer, "ab ab")).containsExactly(5, 2, 4, 5);
            assertThat(tokenizer.padId()).isEqualTo(5);
        }
    }

    @Test
    void aVocabularyWithoutASpecialTokenIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\na\n");
        assertRefused(
                file, "vocab.txt must hold a line for each of [[CLS], [SEP], [UNK], [PAD]], and has none for [SEP]");
    }

    @Test
    void aFolderThatHoldsNoTokenizerIsRefused() {
        assertRefused(
                folder,
                "the folder must hold tokenizer.json, vocab.txt, or both of vocab.json and merges.txt, or of"
                        + " encoder.json and vocab.bpe");
    }

    @Test
    void aVocabularyAloneIsNoTokenizer() throws Exception {
        Path file = Files.writeString(folder.resolve("vocab.json"), "{\"a\": 0}");
        assertRefused(
                file,
                "vocab.json must be a tokenizer.json as Hugging Face's tokenizers write it, with a model; a vocab.json"
                        + " is read from a folder that holds its merges.txt too");
    }

    @Test
    void bytePairsNeedATokenThatEndsTexts() throws Exception {
        bytePairs("vocab.json", "{\"a\":0,\"b\":1,\"ab\":2}");
        assertRefused(folder, "vocab.json must hold the tokens <s> and </s>, or <|endoftext|>");
    }

    @Test
    void aVocabularyWithoutNumbersIsRefused() throws Exception {
        bytePairs("vocab.json", "{\"a\":\"b\"}");
        assertRefused(folder, "vocab.json must be a JSON object of tokens and their numbers from 0");
    }

    @Test
    void aModelWithoutItsUnknownTokenIsRefused() throws Exception {
        Path file = Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"model\":{\"type\":\"WordLevel\",\"unk_token\":\"u\",\"vocab\":{\"a\":0}}}");
        assertRefused(
                file,
                "tokenizer.json must name a token of its vocabulary for what is not in it, and its model's unk_token"
                        + " does not");
    }

    @Test
    void whatTheLibraryCannotBuildIsRefusedWithItsReason() throws Exception {
        Path file = Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"a b\"]}}");
        assertRefused(file, "the tokenizers library cannot build it (Token `b` out of vocabulary at line 1 column 57)");
    }

    @Test
    void aFileThatIsNoJsonIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("tokenizer.json"), "[1");
        assertRefused(
                file,
                "tokenizer.json cannot be read as JSON (Unexpected end-of-input: expected close marker for Array"
                        + " (start marker at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION`"
                        + " disabled); line: 1, column: 1]))");
    }

    private void bytePairs(String vocabularyName, String vocabulary) throws Exception {
        Files.writeString(folder.resolve(vocabularyName), vocabulary);
        Files.writeString(
                folder.resolve(vocabularyName.equals("vocab.json") ? "merges.txt" : "vocab.bpe"),
                "#version: 0.2\na b\nĠ ab\n");
    }

    private static long[] ids(Tokenizer tokenizer, String text) {
        return tokenizer.encode(List.of(text), 100).get(0).ids();
    }

    private static void assertRefused(Path location, String explanation) {
        assertThatThrownBy(() -> Tokenizer.open(location.toString(), true, TinyTokenizer.everywhere()))
                .isInstanceOf(Refusal.class)
                .hasMessage("data.options.tokenizer is " + location + ": " + explanation);
    }
}
