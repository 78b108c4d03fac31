package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.stepsampler.worker.input.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Hugging Face's {@code BertForSequenceClassification} with so many classes. */
record BertFamily(BertConfiguration sizes, int classes, boolean allowsNewHead, Layout layout, TokenInputs inputs)
        implements Family {

    static final String TOKENS = "input_ids";
    static final String MASK = "attention_mask";
    static final String TOKEN_TYPES = "token_type_ids";

    private static final String PREFIX = "bert.";
    private static final String POOLER = "bert.pooler.";
    private static final String CLASSIFIER = "classifier.";

    static BertFamily of(BertConfiguration sizes, int classes, boolean allowsNewHead) {
        TokenInputs inputs = new TokenInputs(List.of(
                new TokenInputs.Input(TOKENS, false, sizes.vocabulary(), sizes.positions(), TOKENS),
                new TokenInputs.Input(MASK, true, 2, sizes.positions(), TOKENS),
                new TokenInputs.Input(TOKEN_TYPES, true, sizes.tokenTypes(), sizes.positions(), TOKENS)));
        return new BertFamily(sizes, classes, allowsNewHead, layout(sizes, classes), inputs);
    }

    private static Layout layout(BertConfiguration sizes, int classes) {
        int width = sizes.width();
        TransformerLayout layout = new TransformerLayout(sizes.initialStandardDeviation());
        layout.embedding("bert.embeddings.word_embeddings", sizes.vocabulary(), width, sizes.padding());
        layout.embedding("bert.embeddings.position_embeddings", sizes.positions(), width, OptionalInt.empty());
        layout.embedding("bert.embeddings.token_type_embeddings", sizes.tokenTypes(), width, OptionalInt.empty());
        layout.norm("bert.embeddings.LayerNorm", width);
        for (int i = 0; i < sizes.layers(); i++) {
            String layer = "bert.encoder.layer." + i;
            layout.linear(layer + ".attention.self.query", width, width);
            layout.linear(layer + ".attention.self.key", width, width);
            layout.linear(layer + ".attention.self.value", width, width);
            layout.linear(layer + ".attention.output.dense", width, width);
            layout.norm(layer + ".attention.output.LayerNorm", width);
            layout.linear(layer + ".intermediate.dense", width, sizes.innerWidth());
            layout.linear(layer + ".output.dense", sizes.innerWidth(), width);
            layout.norm(layer + ".output.LayerNorm", width);
        }
        layout.linear("bert.pooler.dense", width, width);
        layout.linear("classifier", width, classes);
        return layout.layout();
    }

    @Override
    public String description() {
        return "a bert with " + classes + " classes";
    }

    /** A file of the bare encoder has no prefix, and an old one calls a norm's weight gamma and its bias beta. */
    @Override
    public Map<String, NDArray> named(Map<String, NDArray> stored, String location) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        stored.forEach((old, tensor) -> {
            String name = old.replaceAll("LayerNorm\\.gamma$", "LayerNorm.weight")
                    .replaceAll("LayerNorm\\.beta$", "LayerNorm.bias");
            boolean bare = name.startsWith("embeddings.") || name.startsWith("encoder.") || name.startsWith("pooler.");
            if (!name.endsWith("embeddings.position_ids")) {
                named.put(bare ? PREFIX + name : name, tensor);
            }
        });
        return named;
    }

    /** Of the pooler as well, which files of models that look at every token lack. */
    @Override
    public boolean isHead(String name) {
        return name.startsWith(CLASSIFIER) || name.startsWith(POOLER);
    }

    @Override
    public boolean isOtherHead(String name) {
        return !name.startsWith(PREFIX) && !name.startsWith(CLASSIFIER);
    }

    @Override
    public Network network(Map<String, NDArray> tensors) {
        return new Bert(sizes, inputs, new Tensors(layout, tensors));
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
