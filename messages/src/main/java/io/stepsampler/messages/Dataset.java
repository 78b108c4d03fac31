package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The training and validation examples: absolute paths or URIs, and how to read them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "format")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Dataset.ImageFolder.class, name = "image-folder"),
    @JsonSubTypes.Type(value = Dataset.LabelledText.class, name = "labelled-text"),
    @JsonSubTypes.Type(value = Dataset.TextPairs.class, name = "text-pairs"),
    @JsonSubTypes.Type(value = Dataset.Tensors.class, name = "tensors"),
    @JsonSubTypes.Type(value = Dataset.Batches.class, name = "batches")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Dataset {

    /** One folder for each class, as torchvision's {@code ImageFolder} reads them. */
    record ImageFolder(
            String train, String validation, @Nullable String test, Options options) implements Dataset {

        /**
         * @param size side in pixels of the square that the network sees
         * @param resize to how many pixels the shorter side is brought before the square is cut from the centre; absent:
         *     {@code size}
         * @param mean of red, green and blue, taken off samples from 0 to 1
         * @param std what samples are then divided by
         * @param augment whether training images are cropped at random and mirrored instead
         * @param validationExamples how many validation examples are evaluated at most
         * @param shuffle whether an epoch is a permutation drawn from the seed, or file order
         */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public record Options(
                int size,
                @Nullable Integer resize,
                List<Double> mean,
                List<Double> std,
                Boolean augment,
                int validationExamples,
                boolean shuffle) {

            /** ImageNet's, for red, green and blue. */
            public static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);

            public static final List<Double> STD = List.of(0.229, 0.224, 0.225);

            public Options {
                mean = mean.isEmpty() ? MEAN : List.copyOf(mean);
                std = std.isEmpty() ? STD : List.copyOf(std);
                augment = Absent.or(augment, false);
            }
        }
    }

    /** Texts and their classes: CSV, or JSON Lines where the file's name ends in {@code .jsonl} (or {@code .json}). */
    record LabelledText(
            String train, String validation, @Nullable String test, Options options) implements Dataset {

        /**
         * @param tokenizer a {@code tokenizer.json}, a {@code vocab.txt} (WordPiece), or a folder that holds one
         * @param textColumn column or member with the text
         * @param secondTextColumn column or member with a second text, as for questions and answers
         * @param labelColumn column or member with the class
         * @param columns names of a CSV's columns; none: its first line holds them
         * @param labels the classes as they are written, in order; none: whole numbers from 0
         * @param lowercase whether a {@code vocab.txt} is of lower-case text
         * @param maxLength tokens of one example at most; longer ones are cut
         * @param validationExamples how many validation examples are evaluated at most
         * @param shuffle whether an epoch is a permutation drawn from the seed, or file order
         */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public record Options(
                String tokenizer,
                String textColumn,
                @Nullable String secondTextColumn,
                String labelColumn,
                List<String> columns,
                List<String> labels,
                boolean lowercase,
                int maxLength,
                int validationExamples,
                boolean shuffle) {

            public Options {
                columns = List.copyOf(columns);
                labels = List.copyOf(labels);
            }
        }
    }

    /** Texts and what they become, such as sentences and their translation. */
    record TextPairs(
            Texts train, Texts validation, @Nullable Texts test, Options options) implements Dataset {

        /**
         * Two files of which equal lines belong together, or one of JSON Lines; each may be gzipped.
         *
         * @param uri of JSON Lines; absent where {@code source} and {@code target} are there
         */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public record Texts(
                @Nullable String uri,
                @Nullable String source,
                @Nullable String target) {}

        /**
         * @param tokenizer a {@code tokenizer.json}, a {@code vocab.txt} (WordPiece), or a folder that holds one or a
         *     byte-level BPE's {@code vocab.json} and {@code merges.txt}
         * @param sourceColumn member of JSON Lines with the source
         * @param targetColumn member of JSON Lines with the target
         * @param lowercase whether a {@code vocab.txt} is of lower-case text
         * @param maxSourceLength tokens of a source at most; longer ones are cut
         * @param maxTargetLength tokens of a target at most; longer ones are cut
         * @param validationExamples how many validation examples are evaluated at most
         * @param shuffle whether an epoch is a permutation drawn from the seed, or file order
         */
        public record Options(
                String tokenizer,
                String sourceColumn,
                String targetColumn,
                boolean lowercase,
                int maxSourceLength,
                int maxTargetLength,
                int validationExamples,
                boolean shuffle) {}
    }

    /** An {@code .npz} or {@code .safetensors} file with arrays {@code x}, {@code x1}, … and {@code y}. */
    record Tensors(
            String train, String validation, @Nullable String test, Options options) implements Dataset {

        /**
         * @param validationExamples how many validation examples are evaluated at most
         * @param shuffle whether an epoch is a permutation drawn from the seed, or file order
         */
        public record Options(int validationExamples, boolean shuffle) {}
    }

    /**
     * Folders of {@code .safetensors} files, one for each batch in the order of their names; the tensors are named after
     * the arguments of {@code forward}, and {@code y}. When the batches end they begin again.
     */
    record Batches(
            String train, String validation, @Nullable String test, Options options) implements Dataset {

        /** @param validationExamples whole validation batches are evaluated until so many examples are reached */
        public record Options(int validationExamples) {}
    }
}
