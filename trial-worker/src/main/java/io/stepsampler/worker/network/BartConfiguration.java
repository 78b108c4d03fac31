package io.stepsampler.worker.network;

import io.stepsampler.messages.Model;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;

/**
 * The sizes of a BART, and the tokens that its batches need.
 *
 * @param positions the most tokens of a text
 * @param padding fills the texts of a batch up
 * @param decoderStart comes before each target
 * @param end ends each text
 * @param scalesEmbedding whether tokens' embeddings are multiplied with √width
 */
public record BartConfiguration(
        int vocabulary,
        int width,
        Stack encoder,
        Stack decoder,
        int positions,
        int padding,
        int decoderStart,
        int end,
        double dropout,
        double attentionDropout,
        double activationDropout,
        boolean scalesEmbedding,
        double initialStandardDeviation) {

    /** Equal layers on each other. */
    public record Stack(int layers, int heads, int innerWidth) {}

    /** The options', else {@code config.json}'s, else those of facebook/bart-base. */
    public static BartConfiguration of(Model.Bart model, Locations locations) throws Refusal {
        Model.Bart.Options options = model.options();
        ConfigurationFile file = ConfigurationFile.of(options.config(), model.checkpoint(), locations);
        requireKnown(file);
        int vocabulary = file.size("vocab_size", options.vocabSize(), 50265);
        int width = file.size("d_model", options.dModel(), 768);
        Stack encoder = new Stack(
                file.size("encoder_layers", options.encoderLayers(), 6),
                file.size("encoder_attention_heads", options.encoderAttentionHeads(), 12),
                file.size("encoder_ffn_dim", options.encoderFfnDim(), 3072));
        Stack decoder = new Stack(
                file.size("decoder_layers", options.decoderLayers(), 6),
                file.size("decoder_attention_heads", options.decoderAttentionHeads(), 12),
                file.size("decoder_ffn_dim", options.decoderFfnDim(), 3072));
        ConfigurationFile.requireDivisible("d_model", width, "encoder_attention_heads", encoder.heads());
        ConfigurationFile.requireDivisible("d_model", width, "decoder_attention_heads", decoder.heads());
        return new BartConfiguration(
                vocabulary,
                width,
                encoder,
                decoder,
                file.size("max_position_embeddings", options.maxPositionEmbeddings(), 1024),
                file.token("pad_token_id", 1, vocabulary),
                file.token("decoder_start_token_id", 2, vocabulary),
                file.token("eos_token_id", 2, vocabulary),
                file.probability("dropout", options.dropout(), 0.1),
                file.probability("attention_dropout", options.attentionDropout(), 0.1),
                file.probability("activation_dropout", options.activationDropout(), 0.1),
                file.isTrue("scale_embedding"),
                file.positive("init_std", 0.02));
    }

    /** What other members of the family compute otherwise. */
    private static void requireKnown(ConfigurationFile file) throws Refusal {
        file.require("model_type", "bart");
        file.require("activation_function", "gelu");
        file.require("is_encoder_decoder", true);
        file.require("tie_word_embeddings", true);
        file.require("normalize_before", false);
        file.require("normalize_embedding", true);
        file.require("add_final_layer_norm", false);
        file.require("static_position_embeddings", false);
        file.require("extra_pos_embeddings", Bart.POSITION_OFFSET);
        file.require("encoder_layerdrop", 0.0, 0);
        file.require("decoder_layerdrop", 0.0, 0);
    }
}
