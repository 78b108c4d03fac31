package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** The training and validation examples: absolute paths or URIs, and how to read them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "format")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Dataset.ImageFolder.class, name = "image-folder"),
    @JsonSubTypes.Type(value = Dataset.Tensors.class, name = "tensors")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Dataset {

    String train();

    String validation();

    /** One folder for each class, as torchvision's {@code ImageFolder} reads them. */
    record ImageFolder(
            String train, String validation, @Nullable String test, Options options) implements Dataset {

        /**
         * @param size side in pixels of the square that the network sees
         * @param validationExamples how many validation examples are evaluated at most
         * @param shuffle whether an epoch is a permutation drawn from the seed, or file order
         */
        public record Options(int size, int validationExamples, boolean shuffle) {}
    }

    /** An {@code .npz} or {@code .safetensors} file with arrays {@code x} and {@code y}. */
    record Tensors(
            String train, String validation, @Nullable String test, Options options) implements Dataset {

        /**
         * @param validationExamples how many validation examples are evaluated at most
         * @param shuffle whether an epoch is a permutation drawn from the seed, or file order
         */
        public record Options(int validationExamples, boolean shuffle) {}
    }
}
