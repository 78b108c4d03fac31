package io.stepsampler.worker.data;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Cuts texts into the tokens that a network was trained with, as Hugging Face's tokenizers do. A text that is too long
 * loses tokens at its end; of two texts the longer one does; special tokens stay.
 *
 * <p>A byte-level BPE without {@code <s>} and {@code </s>} encloses texts in {@code <|endoftext|>}.
 */
public final class Tokenizer implements AutoCloseable {

    public static final String KEY = "data.options.tokenizer";

    private static final TokenizersLibrary LIBRARY = TokenizersLibrary.LIB;
    private static final String LONGEST_FIRST = "LONGEST_FIRST";

    /** Each call says how long a text may be; without one DJL would warn that it chose for itself. */
    private static final Map<String, String> OPTIONS = Map.of("padding", "false", "maxLength", "512");

    private final HuggingFaceTokenizer tokenizer;
    private final Vocabulary vocabulary;

    private Tokenizer(HuggingFaceTokenizer tokenizer, Vocabulary vocabulary) {
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
    }

    /**
     * @param location a {@code tokenizer.json}, a {@code vocab.txt}, or a folder that holds one of them, or a
     *     {@code vocab.json} and {@code merges.txt}
     * @param lowercase whether a {@code vocab.txt} is of lower-case text
     */
    public static Tokenizer open(String location, boolean lowercase, Locations locations) throws Refusal {
        TokenizerFiles files = new TokenizerFiles(KEY, location, lowercase, locations);
        JsonNode description = files.description();
        requireLibrary();
        try {
            HuggingFaceTokenizer tokenizer = load(description.toString());
            // Batches are filled up here, to their longest; a file that asks for more would have it done twice.
            LIBRARY.disablePadding(tokenizer.getHandle());
            return new Tokenizer(tokenizer, Vocabulary.of(description));
        } catch (RuntimeException | IOException e) {
            throw files.refusal("the tokenizers library cannot build it (" + e.getMessage() + ")");
        }
    }

    /** The library brings its native part along; told to stay offline, DJL looks for no other. */
    private static void requireLibrary() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        LibUtils.checkStatus();
    }

    private static HuggingFaceTokenizer load(String description) throws IOException {
        return HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(description.getBytes(StandardCharsets.UTF_8)), OPTIONS);
    }

    /** How many numbers the network's embedding must have places for. */
    public int vocabularySize() {
        return vocabulary.size();
    }

    public long padId() {
        return vocabulary.padId();
    }

    /** How many tokens an empty text has. */
    public int specialTokens() {
        return encode(List.of(""), Integer.MAX_VALUE).get(0).ids().length;
    }

    /** How many tokens two empty texts have. */
    public int specialTokensOfPairs() {
        return encode(List.of(""), List.of(""), Integer.MAX_VALUE).get(0).ids().length;
    }

    /** @param atMost tokens of a text, special ones counted */
    synchronized List<Tokens> encode(List<String> texts, int atMost) {
        LIBRARY.setTruncation(tokenizer.getHandle(), atMost, LONGEST_FIRST, 0);
        return taken(LIBRARY.batchEncode(tokenizer.getHandle(), texts.toArray(String[]::new), true));
    }

    /** @param atMost tokens of a text and the one that follows it, special ones counted */
    synchronized List<Tokens> encode(List<String> texts, List<String> followers, int atMost) {
        LIBRARY.setTruncation(tokenizer.getHandle(), atMost, LONGEST_FIRST, 0);
        return taken(LIBRARY.batchEncodePair(
                tokenizer.getHandle(), texts.toArray(String[]::new), followers.toArray(String[]::new), true));
    }

    /** Only what is needed: DJL's own Encoding fetches eight things for each token, which takes twice as long. */
    private static List<Tokens> taken(long[] encodings) {
        List<Tokens> tokens = new ArrayList<>(encodings.length);
        for (long encoding : encodings) {
            tokens.add(new Tokens(LIBRARY.getTokenIds(encoding), LIBRARY.getTypeIds(encoding)));
            LIBRARY.deleteEncoding(encoding);
        }
        return tokens;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
