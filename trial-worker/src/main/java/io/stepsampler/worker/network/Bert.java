package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * BERT (Devlin et al. 2019) with a linear layer on the pooled first token: word, position and token type embeddings,
 * then layers that normalise after each sum, exact GELU within.
 */
final class Bert implements Network {

    private final BertConfiguration sizes;
    private final TokenInputs inputs;
    private final Tensors tensors;
    private final Attention attention;

    Bert(BertConfiguration sizes, TokenInputs inputs, Tensors tensors) {
        this.sizes = sizes;
        this.inputs = inputs;
        this.tensors = tensors;
        this.attention = new Attention(tensors, sizes.heads(), sizes.attentionDropout());
    }

    @Override
    public List<Parameter> parameters() {
        return tensors.parameters();
    }

    @Override
    public NDArray forward(NDList given, Mode mode) {
        NDArray states =
                embeddings(inputs.get(given, BertFamily.TOKENS), inputs.find(given, BertFamily.TOKEN_TYPES), mode);
        NDArray mask = inputs.find(given, BertFamily.MASK)
                .map(kept -> Attention.padding(kept, sizes.heads()))
                .orElse(null);
        for (int layer = 0; layer < sizes.layers(); layer++) {
            states = layer("bert.encoder.layer." + layer, states, mask, mode);
        }
        NDArray first = JniUtils.slice((PtNDArray) states, 1, 0, 1, 1).squeeze(1);
        NDArray pooled = tensors.linear("bert.pooler.dense", first).tanh();
        return tensors.linear("classifier", Tensors.dropout(pooled, sizes.headDropout(), mode));
    }

    private NDArray embeddings(NDArray tokens, Optional<NDArray> tokenTypes, Mode mode) {
        NDManager owner = tokens.getManager();
        NDArray words = tensors.embedded("bert.embeddings.word_embeddings.weight", tokens, sizes.padding());
        String typeTable = "bert.embeddings.token_type_embeddings.weight";
        NDArray types = tokenTypes.isPresent()
                ? JniUtils.embedding((PtNDArray) tokenTypes.get(), tensors.get(typeTable), /* sparse= */ false)
                : tensors.rows(typeTable, 0, 1, owner);
        NDArray positions = tensors.rows(
                "bert.embeddings.position_embeddings.weight",
                0,
                tokens.getShape().get(1),
                owner);
        NDArray sum = words.add(types).addi(positions);
        return Tensors.dropout(normalised("bert.embeddings.LayerNorm", sum), sizes.dropout(), mode);
    }

    private NDArray layer(String name, NDArray states, @Nullable NDArray mask, Mode mode) {
        Attention.Layers layers = new Attention.Layers(
                name + ".attention.self.query",
                name + ".attention.self.key",
                name + ".attention.self.value",
                name + ".attention.output.dense");
        NDArray attended = attention.attend(layers, states, states, mask, mode);
        NDArray seen = joined(name + ".attention.output.LayerNorm", attended, states, mode);
        NDArray inner = JniUtils.gelu(tensors.linear(name + ".intermediate.dense", seen));
        return joined(name + ".output.LayerNorm", tensors.linear(name + ".output.dense", inner), seen, mode);
    }

    private NDArray joined(String norm, NDArray change, NDArray states, Mode mode) {
        return normalised(norm, Tensors.dropout(change, sizes.dropout(), mode).addi(states));
    }

    private NDArray normalised(String norm, NDArray states) {
        return tensors.normalised(norm, states, sizes.normEpsilon());
    }
}
