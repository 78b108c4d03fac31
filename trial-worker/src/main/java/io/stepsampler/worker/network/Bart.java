package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * BART (Lewis et al. 2020): an encoder, and a decoder that sees its own past and the encoder's answer; layers normalise
 * after each sum. The one table of tokens embeds both sides and scores the answer.
 */
final class Bart implements Network {

    /** Positions are counted from here, as in fairseq, whose padding lay before. */
    static final int POSITION_OFFSET = 2;

    private static final double NORM_EPSILON = 1e-5;

    private final BartConfiguration sizes;
    private final TokenInputs inputs;
    private final Tensors tensors;
    private final Attention encoderAttention;
    private final Attention decoderAttention;

    Bart(BartConfiguration sizes, TokenInputs inputs, Tensors tensors) {
        this.sizes = sizes;
        this.inputs = inputs;
        this.tensors = tensors;
        this.encoderAttention = new Attention(tensors, sizes.encoder().heads(), sizes.attentionDropout());
        this.decoderAttention = new Attention(tensors, sizes.decoder().heads(), sizes.attentionDropout());
    }

    @Override
    public List<Parameter> parameters() {
        return tensors.parameters();
    }

    /** Scores of every token of the vocabulary, a row for each position of each target. */
    @Override
    public NDArray forward(NDList given, Mode mode) {
        Optional<NDArray> kept = inputs.find(given, BartFamily.MASK);
        NDArray memory = encoded(inputs.get(given, BartFamily.TOKENS), kept, mode);
        NDArray states = decoded(inputs.get(given, BartFamily.DECODER_TOKENS), memory, kept, mode);
        NDArray bias = tensors.get(BartFamily.LOGITS_BIAS).reshape(sizes.vocabulary());
        bias.attach(states.getManager());
        Shape shape = states.getShape();
        NDArray rows = states.reshape(shape.get(0) * shape.get(1), shape.get(2));
        return JniUtils.linear((PtNDArray) rows, tensors.get(BartFamily.SHARED), (PtNDArray) bias);
    }

    private NDArray encoded(NDArray tokens, Optional<NDArray> kept, Mode mode) {
        NDArray mask = mask(kept, sizes.encoder().heads());
        NDArray states = embeddings("model.encoder", tokens, mode);
        for (int i = 0; i < sizes.encoder().layers(); i++) {
            String layer = "model.encoder.layers." + i;
            NDArray attended = encoderAttention.attend(layers(layer + ".self_attn"), states, states, mask, mode);
            NDArray seen = joined(layer + ".self_attn_layer_norm", attended, states, mode);
            states = thought(layer, seen, mode);
        }
        return states;
    }

    private NDArray decoded(NDArray tokens, NDArray memory, Optional<NDArray> kept, Mode mode) {
        NDArray past = Attention.causal(tokens.getShape().get(1), tokens.getManager());
        NDArray mask = mask(kept, sizes.decoder().heads());
        NDArray states = embeddings("model.decoder", tokens, mode);
        for (int i = 0; i < sizes.decoder().layers(); i++) {
            String layer = "model.decoder.layers." + i;
            NDArray own = decoderAttention.attend(layers(layer + ".self_attn"), states, states, past, mode);
            NDArray recalled = joined(layer + ".self_attn_layer_norm", own, states, mode);
            NDArray read = decoderAttention.attend(layers(layer + ".encoder_attn"), recalled, memory, mask, mode);
            NDArray seen = joined(layer + ".encoder_attn_layer_norm", read, recalled, mode);
            states = thought(layer, seen, mode);
        }
        return states;
    }

    private NDArray embeddings(String side, NDArray tokens, Mode mode) {
        NDArray words = tensors.embedded(BartFamily.SHARED, tokens, OptionalInt.of(sizes.padding()));
        NDArray scaled = sizes.scalesEmbedding() ? Tensors.scale(words, Math.sqrt(sizes.width())) : words;
        NDArray positions = tensors.rows(
                side + ".embed_positions.weight",
                POSITION_OFFSET,
                POSITION_OFFSET + tokens.getShape().get(1),
                tokens.getManager());
        NDArray normalised = tensors.normalised(side + ".layernorm_embedding", scaled.add(positions), NORM_EPSILON);
        return Tensors.dropout(normalised, sizes.dropout(), mode);
    }

    private NDArray thought(String layer, NDArray states, Mode mode) {
        NDArray inner = JniUtils.gelu(tensors.linear(layer + ".fc1", states));
        NDArray change = tensors.linear(layer + ".fc2", Tensors.dropout(inner, sizes.activationDropout(), mode));
        return joined(layer + ".final_layer_norm", change, states, mode);
    }

    private NDArray joined(String norm, NDArray change, NDArray states, Mode mode) {
        NDArray sum = Tensors.dropout(change, sizes.dropout(), mode).addi(states);
        return tensors.normalised(norm, sum, NORM_EPSILON);
    }

    private static @Nullable NDArray mask(Optional<NDArray> kept, int heads) {
        return kept.map(array -> Attention.padding(array, heads)).orElse(null);
    }

    private static Attention.Layers layers(String name) {
        return new Attention.Layers(name + ".q_proj", name + ".k_proj", name + ".v_proj", name + ".out_proj");
    }
}
