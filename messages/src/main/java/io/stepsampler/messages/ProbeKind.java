package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** What one trial does with the learning rate. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ProbeKind.ConstantRate.class, name = "constant-rate"),
    @JsonSubTypes.Type(value = ProbeKind.Sweep.class, name = "sweep"),
    @JsonSubTypes.Type(value = ProbeKind.Segment.class, name = "segment")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ProbeKind {

    /** All steps at one rate, from the checkpoint. Rate 0 is the baseline. */
    record ConstantRate(double learningRate) implements ProbeKind {}

    /** One run whose rate rises geometrically at every step, without reset. */
    record Sweep(double from, double to) implements ProbeKind {}

    /** Part of a long training: continues from the state that the segment before it left, if there was one. */
    record Segment(double learningRate, int index, @Nullable TrainingState from) implements ProbeKind {}

    /** Parameters and optimizer state between two segments. */
    record TrainingState(String uri, String sha256) {}
}
