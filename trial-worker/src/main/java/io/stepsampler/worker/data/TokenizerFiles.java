package io.stepsampler.worker.data;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that describe a tokenizer, read as what the first of them, {@code tokenizer.json}, would say. */
final class TokenizerFiles {

    private static final String WHOLE = "tokenizer.json";
    private static final String WORD_PIECES = "vocab.txt";

    /** A byte-level BPE's vocabulary and merges: by Hugging Face's names and by GPT-2's own. */
    private static final Map<String, String> BYTE_PAIRS =
            byName("vocab.json", "merges.txt", "encoder.json", "vocab.bpe");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String key;
    private final String location;
    private final boolean lowercase;
    private final Locations locations;

    TokenizerFiles(String key, String location, boolean lowercase, Locations locations) {
        this.key = key;
        this.location = location;
        this.lowercase = lowercase;
        this.locations = locations;
    }

    JsonNode description() throws Refusal {
        String name = Locations.name(location);
        if (name.endsWith(".json")) {
            return whole(locations.file(key, location));
        }
        if (name.endsWith(".txt")) {
            return wordPieces(locations.file(key, location));
        }
        Path folder = locations.folder(key, location);
        if (Files.exists(folder.resolve(WHOLE))) {
            return whole(folder.resolve(WHOLE));
        }
        if (Files.exists(folder.resolve(WORD_PIECES))) {
            return wordPieces(folder.resolve(WORD_PIECES));
        }
        for (Map.Entry<String, String> files : BYTE_PAIRS.entrySet()) {
            Path vocabulary = folder.resolve(files.getKey());
            Path merges = folder.resolve(files.getValue());
            if (Files.exists(vocabulary) && Files.exists(merges)) {
                return bytePairs(vocabulary, merges);
            }
        }
        throw refusal("the folder must hold " + WHOLE + ", " + WORD_PIECES + ", or both of "
                + String.join(
                        ", or of ",
                        BYTE_PAIRS.entrySet().stream()
                                .map(files -> files.getKey() + " and " + files.getValue())
                                .toList()));
    }

    Refusal refusal(String explanation) {
        return Refusal.badInput(key, location, explanation);
    }

    private JsonNode whole(Path file) throws Refusal {
        JsonNode description = json(file);
        if (!description.path("model").isObject()) {
            throw refusal(file.getFileName() + " must be a tokenizer.json as Hugging Face's tokenizers write it, with"
                    + " a model; a vocab.json is read from a folder that holds its merges.txt too");
        }
        Optional<String> missing = Vocabulary.missingUnknownToken(description);
        if (missing.isPresent()) {
            throw refusal(file.getFileName() + " must name a token of its vocabulary for what is not in it, and its"
                    + " model's " + missing.get() + " does not");
        }
        return description;
    }

    private ObjectNode wordPieces(Path file) throws Refusal {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        List<String> lines = lines(file);
        for (int id = 0; id < lines.size(); id++) {
            vocabulary.put(lines.get(id), id);
        }
        for (String special : TokenizerDescription.WORD_PIECE_NEEDS) {
            if (!vocabulary.containsKey(special)) {
                throw refusal(file.getFileName() + " must hold a line for each of "
                        + TokenizerDescription.WORD_PIECE_NEEDS + ", and has none for " + special);
            }
        }
        return TokenizerDescription.wordPiece(vocabulary, lowercase);
    }

    private ObjectNode bytePairs(Path vocabularyFile, Path mergesFile) throws Refusal {
        JsonNode vocabulary = json(vocabularyFile);
        boolean numbered = vocabulary.isObject() && !vocabulary.isEmpty();
        for (JsonNode id : vocabulary) {
            numbered &= id.isInt() && id.asInt() >= 0;
        }
        if (!numbered) {
            throw refusal(vocabularyFile.getFileName() + " must be a JSON object of tokens and their numbers from 0");
        }
        List<String> merges = lines(mergesFile).stream()
                .filter(line -> !line.startsWith("#version") && !line.isEmpty())
                .toList();
        return TokenizerDescription.bytePairs((ObjectNode) vocabulary, merges)
                .orElseThrow(() -> refusal(vocabularyFile.getFileName() + " must hold the tokens <s> and </s>, or "
                        + TokenizerDescription.END_OF_TEXT));
    }

    private JsonNode json(Path file) throws Refusal {
        locations.requireAllowed(key, file);
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw refusal(file.getFileName() + " cannot be read as JSON (" + firstLine(e) + ")");
        }
    }

    private List<String> lines(Path file) throws Refusal {
        locations.requireAllowed(key, file);
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw refusal(file.getFileName() + " cannot be read as UTF-8 (" + firstLine(e) + ")");
        }
    }

    private static String firstLine(IOException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static Map<String, String> byName(String first, String firstMerges, String second, String secondMerges) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(first, firstMerges);
        files.put(second, secondMerges);
        return files;
    }
}
