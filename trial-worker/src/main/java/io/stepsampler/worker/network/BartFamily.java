package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Hugging Face's {@code BartForConditionalGeneration}. */
record BartFamily(BartConfiguration sizes, Layout layout, TokenInputs inputs) implements Family {

    static final String TOKENS = "input_ids";
    static final String MASK = "attention_mask";
    static final String DECODER_TOKENS = "decoder_input_ids";

    static final String SHARED = "model.shared.weight";
    static final String LOGITS_BIAS = "final_logits_bias";

    /** Other names that a file may have for the one table of tokens. */
    private static final List<String> TIED =
            List.of("model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight", "lm_head.weight");

    static BartFamily of(BartConfiguration sizes) {
        TokenInputs inputs = new TokenInputs(List.of(
                new TokenInputs.Input(TOKENS, false, sizes.vocabulary(), sizes.positions(), TOKENS),
                new TokenInputs.Input(MASK, true, 2, sizes.positions(), TOKENS),
                new TokenInputs.Input(DECODER_TOKENS, false, sizes.vocabulary(), sizes.positions(), DECODER_TOKENS)));
        return new BartFamily(sizes, layout(sizes), inputs);
    }

    private static Layout layout(BartConfiguration sizes) {
        TransformerLayout layout = new TransformerLayout(sizes.initialStandardDeviation());
        layout.embedding("model.shared", sizes.vocabulary(), sizes.width(), OptionalInt.of(sizes.padding()));
        layOut("model.encoder", sizes.encoder(), sizes, List.of("self_attn"), layout);
        layOut("model.decoder", sizes.decoder(), sizes, List.of("self_attn", "encoder_attn"), layout);
        layout.zeroBuffer(LOGITS_BIAS, 1, sizes.vocabulary());
        return layout.layout();
    }

    private static void layOut(
            String side,
            BartConfiguration.Stack stack,
            BartConfiguration sizes,
            List<String> attentions,
            TransformerLayout layout) {
        int width = sizes.width();
        layout.embedding(
                side + ".embed_positions", sizes.positions() + Bart.POSITION_OFFSET, width, OptionalInt.empty());
        for (int i = 0; i < stack.layers(); i++) {
            String layer = side + ".layers." + i + ".";
            for (String attention : attentions) {
                for (String projection : List.of(".k_proj", ".v_proj", ".q_proj", ".out_proj")) {
                    layout.linear(layer + attention + projection, width, width);
                }
                layout.norm(layer + attention + "_layer_norm", width);
            }
            layout.linear(layer + "fc1", width, stack.innerWidth());
            layout.linear(layer + "fc2", stack.innerWidth(), width);
            layout.norm(layer + "final_layer_norm", width);
        }
        layout.norm(side + ".layernorm_embedding", width);
    }

    @Override
    public String description() {
        return "a bart";
    }

    /** A file of the bare model has no prefix; the table of tokens may have several names, or another than its own. */
    @Override
    public Map<String, NDArray> named(Map<String, NDArray> stored, String location) throws Refusal {
        Map<String, NDArray> named = new LinkedHashMap<>();
        stored.forEach((name, tensor) -> {
            boolean bare = name.startsWith("shared.") || name.startsWith("encoder.") || name.startsWith("decoder.");
            named.put(bare ? "model." + name : name, tensor);
        });
        for (String tied : TIED) {
            NDArray copy = named.remove(tied);
            if (copy == null) {
                continue;
            }
            NDArray shared = named.putIfAbsent(SHARED, copy);
            if (shared != null && !copy.contentEquals(shared)) {
                throw Refusal.badInput(
                        CheckpointFile.KEY,
                        location,
                        tied + " " + copy.getShape() + " and " + SHARED + " " + shared.getShape()
                                + " differ; a bart has one table of tokens for all");
            }
        }
        return named;
    }

    @Override
    public boolean allowsNewHead() {
        return false;
    }

    /** Only the bias of the answer, which older files lack, and which is zero. */
    @Override
    public boolean mayBeMissing(String name) {
        return name.equals(LOGITS_BIAS);
    }

    @Override
    public boolean isHead(String name) {
        return false;
    }

    @Override
    public boolean isOtherHead(String name) {
        return false;
    }

    @Override
    public Network network(Map<String, NDArray> tensors) {
        return new Bart(sizes, inputs, new Tensors(layout, tensors));
    }

    @Override
    public Optional<Record> configuration() {
        return Optional.of(sizes);
    }

    @Override
    public void requireFit(NDList given, String location) throws Refusal {
        inputs.requireFit(given, location);
    }
}
