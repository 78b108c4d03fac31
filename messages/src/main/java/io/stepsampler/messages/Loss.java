package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The loss that is trained and evaluated: the mean over the examples, as {@code torch.nn} defines each. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Loss.CrossEntropy.class, name = "cross-entropy"),
    @JsonSubTypes.Type(value = Loss.MeanSquaredError.class, name = "mse"),
    @JsonSubTypes.Type(value = Loss.MeanAbsoluteError.class, name = "l1"),
    @JsonSubTypes.Type(value = Loss.BinaryCrossEntropyWithLogits.class, name = "bce-with-logits")
})
public sealed interface Loss {

    record CrossEntropy() implements Loss {}

    record MeanSquaredError() implements Loss {}

    record MeanAbsoluteError() implements Loss {}

    record BinaryCrossEntropyWithLogits() implements Loss {}
}
