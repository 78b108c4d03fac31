package io.stepsampler.worker.data;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code tokenizer.json} says where only the vocabulary was kept: of BERT, and of GPT-2, RoBERTa and BART. */
final class TokenizerDescription {

    static final String END_OF_TEXT = "<|endoftext|>";

    /** In the order of the classification, separation, unknown and padding token. */
    static final List<String> WORD_PIECE_NEEDS = List.of("[CLS]", "[SEP]", "[UNK]", "[PAD]");

    private static final List<String> WORD_PIECE_SPECIALS = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    private static final List<String> BYTE_PAIR_SPECIALS =
            List.of("<s>", "<pad>", "</s>", "<unk>", "<mask>", END_OF_TEXT);

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private TokenizerDescription() {}

    static ObjectNode wordPiece(Map<String, Integer> vocabulary, boolean lowercase) {
        ObjectNode ids = JSON.objectNode();
        vocabulary.forEach(ids::put);
        ObjectNode description = JSON.objectNode().put("version", "1.0");
        description.set("added_tokens", added(WORD_PIECE_SPECIALS, ids));
        description
                .putObject("normalizer")
                .put("type", "BertNormalizer")
                .put("clean_text", true)
                .put("handle_chinese_chars", true)
                .put("lowercase", lowercase)
                .putNull("strip_accents");
        description.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        description.set("post_processor", enclosed("BertProcessing", "[CLS]", "[SEP]", ids));
        description
                .putObject("model")
                .put("type", "WordPiece")
                .put("unk_token", "[UNK]")
                .put("continuing_subword_prefix", "##")
                .put("max_input_chars_per_word", 100)
                .set("vocab", ids);
        return description;
    }

    /** Empty where the vocabulary has no token that begins and ends a text. */
    static Optional<ObjectNode> bytePairs(ObjectNode ids, List<String> merges) {
        boolean sentences = ids.has("<s>") && ids.has("</s>");
        if (!sentences && !ids.has(END_OF_TEXT)) {
            return Optional.empty();
        }
        ObjectNode description = JSON.objectNode().put("version", "1.0");
        description.set("added_tokens", added(BYTE_PAIR_SPECIALS, ids));
        description
                .putObject("pre_tokenizer")
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true);
        String begin = sentences ? "<s>" : END_OF_TEXT;
        String end = sentences ? "</s>" : END_OF_TEXT;
        ObjectNode enclosed = enclosed("RobertaProcessing", begin, end, ids);
        description.set("post_processor", enclosed.put("trim_offsets", true).put("add_prefix_space", false));
        ObjectNode model = description.putObject("model").put("type", "BPE");
        model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "");
        model.set("vocab", ids);
        ArrayNode pairs = model.putArray("merges");
        merges.forEach(pairs::add);
        return Optional.of(description);
    }

    private static ArrayNode added(List<String> tokens, ObjectNode ids) {
        ArrayNode added = JSON.arrayNode();
        tokens.stream()
                .filter(ids::has)
                .forEach(token -> added.addObject()
                        .put("id", ids.path(token).asInt())
                        .put("content", token)
                        .put("special", true)
                        .put("single_word", false)
                        .put("lstrip", token.equals("<mask>"))
                        .put("rstrip", false)
                        .put("normalized", false));
        return added;
    }

    private static ObjectNode enclosed(String processing, String begin, String end, ObjectNode ids) {
        ObjectNode processor = JSON.objectNode().put("type", processing);
        processor.putArray("cls").add(begin).add(ids.path(begin).asInt());
        processor.putArray("sep").add(end).add(ids.path(end).asInt());
        return processor;
    }
}
