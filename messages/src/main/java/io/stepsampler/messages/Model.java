package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** What is trained: an architecture family and the checkpoint that every trial starts from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "family")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Model.ResNet18.class, name = "resnet18"),
    @JsonSubTypes.Type(value = Model.Bert.class, name = "bert"),
    @JsonSubTypes.Type(value = Model.Bart.class, name = "bart"),
    @JsonSubTypes.Type(value = Model.TorchScript.class, name = "torchscript"),
    @JsonSubTypes.Type(value = Model.Replay.class, name = "replay")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Model {

    Checkpoint checkpoint();

    /** Where the state of the optimizer at that checkpoint is; absent: every trial begins with a fresh optimizer. */
    default @Nullable String optimizerState() {
        return null;
    }

    /** Torchvision's ResNet-18, from a seed or from a safetensors file with torchvision's names. */
    record ResNet18(
            Checkpoint checkpoint,
            @Nullable String sha256,
            @Nullable String optimizerState,
            Options options) implements Model {

        /** With a fresh optimizer. */
        public ResNet18(Checkpoint checkpoint, @Nullable String sha256, Options options) {
            this(checkpoint, sha256, null, options);
        }

        /** @param allowNewHead whether {@code fc} may be missing in the file or of another shape, and is then fresh */
        public record Options(int classes, Boolean allowNewHead) {

            public Options {
                allowNewHead = Absent.or(allowNewHead, false);
            }
        }
    }

    /**
     * The BERT encoder with a classification head, from a seed or from a Hugging Face folder or safetensors file. A size
     * that is absent is {@code config.json}'s, where there is one, else that of the published base model.
     */
    record Bert(
            Checkpoint checkpoint,
            @Nullable String sha256,
            @Nullable String optimizerState,
            Options options) implements Model {

        /** With a fresh optimizer. */
        public Bert(Checkpoint checkpoint, @Nullable String sha256, Options options) {
            this(checkpoint, sha256, null, options);
        }

        /**
         * @param config where {@code config.json} is, unless it lies in the checkpoint's folder
         * @param classes of the head
         * @param allowNewHead whether other heads in the file are left out, and a missing one is fresh
         */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public record Options(
                @Nullable String config,
                int classes,
                boolean allowNewHead,
                @Nullable Integer vocabSize,
                @Nullable Integer hiddenSize,
                @Nullable Integer numHiddenLayers,
                @Nullable Integer numAttentionHeads,
                @Nullable Integer intermediateSize,
                @Nullable Integer maxPositionEmbeddings,
                @Nullable Double hiddenDropoutProb,
                @Nullable Double attentionProbsDropoutProb) {}
    }

    /**
     * The BART encoder and decoder with tied embeddings, trained with teacher forcing; from a seed or from a Hugging Face
     * folder or safetensors file. A size that is absent is {@code config.json}'s, where there is one, else that of the
     * published base model.
     */
    record Bart(
            Checkpoint checkpoint,
            @Nullable String sha256,
            @Nullable String optimizerState,
            Options options) implements Model {

        /** With a fresh optimizer. */
        public Bart(Checkpoint checkpoint, @Nullable String sha256, Options options) {
            this(checkpoint, sha256, null, options);
        }

        /** @param config where {@code config.json} is, unless it lies in the checkpoint's folder */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        public record Options(
                @Nullable String config,
                @Nullable Integer vocabSize,
                @Nullable Integer dModel,
                @Nullable Integer encoderLayers,
                @Nullable Integer decoderLayers,
                @Nullable Integer encoderAttentionHeads,
                @Nullable Integer decoderAttentionHeads,
                @Nullable Integer encoderFfnDim,
                @Nullable Integer decoderFfnDim,
                @Nullable Integer maxPositionEmbeddings,
                @Nullable Double dropout,
                @Nullable Double attentionDropout,
                @Nullable Double activationDropout) {}
    }

    /** An archive of {@code torch.jit.save}: tensors in, one tensor out. */
    record TorchScript(
            Checkpoint checkpoint,
            @Nullable String sha256,
            @Nullable String optimizerState) implements Model {

        /** With a fresh optimizer. */
        public TorchScript(Checkpoint checkpoint, @Nullable String sha256) {
            this(checkpoint, sha256, null);
        }
    }

    /** No network: a stored curve, interpolated. For load tests and tests of everything but training. */
    record Replay(Checkpoint checkpoint, Options options) implements Model {

        /** {@code trialSeconds}: how long each trial pretends to take. */
        public record Options(double trialSeconds) {}
    }
}
