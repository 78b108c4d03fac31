package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** What is trained: an architecture family and the checkpoint that every trial starts from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "family")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Model.ResNet18.class, name = "resnet18"),
    @JsonSubTypes.Type(value = Model.TorchScript.class, name = "torchscript"),
    @JsonSubTypes.Type(value = Model.Replay.class, name = "replay")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Model {

    Checkpoint checkpoint();

    /** Torchvision's ResNet-18, from a seed or from a safetensors file with torchvision's names. */
    record ResNet18(Checkpoint checkpoint, @Nullable String sha256, Options options) implements Model {

        public record Options(int classes) {}
    }

    /** An archive of {@code torch.jit.save}: tensors in, one tensor out. */
    record TorchScript(Checkpoint checkpoint, @Nullable String sha256) implements Model {}

    /** No network: a stored curve, interpolated. For load tests and tests of everything but training. */
    record Replay(Checkpoint checkpoint, Options options) implements Model {

        /** {@code trialSeconds}: how long each trial pretends to take. */
        public record Options(double trialSeconds) {}
    }
}
