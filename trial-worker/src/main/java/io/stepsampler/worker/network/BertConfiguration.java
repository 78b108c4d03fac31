package io.stepsampler.worker.network;

import io.stepsampler.messages.Model;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.util.OptionalInt;

/**
 * The sizes of a BERT.
 *
 * @param positions the most tokens of an example
 * @param padding the token whose embedding is not trained
 * @param headDropout before the classifier
 */
public record BertConfiguration(
        int vocabulary,
        int width,
        int layers,
        int heads,
        int innerWidth,
        int positions,
        int tokenTypes,
        OptionalInt padding,
        double dropout,
        double attentionDropout,
        double headDropout,
        double normEpsilon,
        double initialStandardDeviation) {

    /** The options', else {@code config.json}'s, else those of bert-base-uncased. */
    public static BertConfiguration of(Model.Bert model, Locations locations) throws Refusal {
        Model.Bert.Options options = model.options();
        ConfigurationFile file = ConfigurationFile.of(options.config(), model.checkpoint(), locations);
        file.require("model_type", "bert");
        file.require("hidden_act", "gelu");
        file.require("position_embedding_type", "absolute");
        file.require("is_decoder", false);
        file.require("add_cross_attention", false);
        int vocabulary = file.size("vocab_size", options.vocabSize(), 30522);
        int width = file.size("hidden_size", options.hiddenSize(), 768);
        int heads = file.size("num_attention_heads", options.numAttentionHeads(), 12);
        ConfigurationFile.requireDivisible("hidden_size", width, "num_attention_heads", heads);
        double dropout = file.probability("hidden_dropout_prob", options.hiddenDropoutProb(), 0.1);
        return new BertConfiguration(
                vocabulary,
                width,
                file.size("num_hidden_layers", options.numHiddenLayers(), 12),
                heads,
                file.size("intermediate_size", options.intermediateSize(), 3072),
                file.size("max_position_embeddings", options.maxPositionEmbeddings(), 512),
                file.size("type_vocab_size", null, 2),
                file.optionalToken("pad_token_id", 0, vocabulary),
                dropout,
                file.probability("attention_probs_dropout_prob", options.attentionProbsDropoutProb(), 0.1),
                file.probability("classifier_dropout", null, dropout),
                file.positive("layer_norm_eps", 1e-12),
                file.positive("initializer_range", 0.02));
    }
}
