package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The loss that is trained and evaluated: the mean over the examples, as {@code torch.nn} defines each. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Loss.CrossEntropy.class, name = "cross-entropy"),
    @JsonSubTypes.Type(value = Loss.MeanSquaredError.class, name = "mse"),
    @JsonSubTypes.Type(value = Loss.MeanAbsoluteError.class, name = "l1"),
    @JsonSubTypes.Type(value = Loss.BinaryCrossEntropyWithLogits.class, name = "bce-with-logits"),
    @JsonSubTypes.Type(value = Loss.Output.class, name = "output")
})
public sealed interface Loss {

    /** @param ignoredIndex labels with this value count for nothing */
    record CrossEntropy(Double labelSmoothing, Long ignoredIndex) implements Loss {

        /** {@code torch.nn}'s own choice. */
        public static final long IGNORED_INDEX = -100;

        public CrossEntropy {
            labelSmoothing = Absent.or(labelSmoothing, 0.0);
            ignoredIndex = Absent.or(ignoredIndex, IGNORED_INDEX);
        }

        public static CrossEntropy plain() {
            return new CrossEntropy(0.0, IGNORED_INDEX);
        }
    }

    record MeanSquaredError() implements Loss {}

    record MeanAbsoluteError() implements Loss {}

    record BinaryCrossEntropyWithLogits() implements Loss {}

    /** The module itself answers with the loss. */
    record Output() implements Loss {}
}
