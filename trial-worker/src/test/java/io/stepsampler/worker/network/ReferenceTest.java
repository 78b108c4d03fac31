package io.stepsampler.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.stepsampler.messages.Model;
import io.stepsampler.worker.network.Network.Mode;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers and gradients of small networks against those of another program, in Python. */
class ReferenceTest {

    private static final double TOLERANCE = 5e-6;

    private final NDManager manager = NDManager.newBaseManager();

    @BeforeEach
    void takeGradients() {
        JniUtils.setGradMode(true);
    }

    @AfterEach
    void close() {
        JniUtils.setGradMode(false);
        manager.close();
    }

    @Test
    void aBertAnswersAsTheReferenceDoes() throws Exception {
        Model.Bert model = new Model.Bert(Networks.stored(Networks.file("bert")), null, Networks.BERT);
        requireEqual(Networks.open(model, manager), "bert", "input_ids", "attention_mask", "token_type_ids");
    }

    /** With positions, scaled embeddings and other numbers of layers and heads on each side. */
    @Test
    void aBartAnswersAsTheReferenceDoes() throws Exception {
        Model.Bart model = new Model.Bart(Networks.stored(Networks.file("bart")), null, Networks.BART);
        BartConfiguration sizes = BartConfiguration.of(model, Networks.EVERYWHERE);
        BartConfiguration scaled = new BartConfiguration(
                sizes.vocabulary(),
                sizes.width(),
                sizes.encoder(),
                sizes.decoder(),
                sizes.positions(),
                sizes.padding(),
                sizes.decoderStart(),
                sizes.end(),
                sizes.dropout(),
                sizes.attentionDropout(),
                sizes.activationDropout(),
                true,
                sizes.initialStandardDeviation());
        requireEqual(
                Families.bart(model, scaled, Networks.EVERYWHERE, manager),
                "bart",
                "decoder_input_ids",
                "attention_mask",
                "input_ids");
    }

    private void requireEqual(Checkpointed checkpoint, String name, String... inputs) throws Exception {
        Map<String, NDArray> expected = Networks.read(Networks.file(name + ".expected"), manager);
        NDList given = new NDList();
        for (String input : inputs) {
            given.add(Objects.requireNonNull(expected.get(input)));
        }
        checkpoint.requireFit(given);
        Network network = checkpoint.fresh(manager);
        NDArray answer = network.forward(given, Mode.EVALUATION);
        requireClose("answer", answer, expected);
        NDArray sum = answer.mul(expected.get("weight")).sum();
        JniUtils.backward((PtNDArray) sum, (PtNDArray) manager.ones(sum.getShape()), false, false);
        for (Parameter parameter : network.parameters()) {
            NDArray gradient = Objects.requireNonNull(JniUtils.getGradient((PtNDArray) parameter.array()));
            requireClose("gradient." + parameter.name(), gradient, expected);
        }
    }

    private static void requireClose(String name, NDArray actual, Map<String, NDArray> expected) {
        NDArray number = Objects.requireNonNull(expected.get(name), name);
        assertThat(actual.getShape()).as(name).isEqualTo(number.getShape());
        double scale = Math.max(1, number.abs().max().getFloat());
        assertThat(actual.sub(number).abs().max().getFloat() / scale).as(name).isCloseTo(0, within(TOLERANCE));
    }
}
