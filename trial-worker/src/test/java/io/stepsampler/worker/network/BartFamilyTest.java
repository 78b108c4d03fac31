package io.stepsampler.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Model;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.network.Network.Mode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BartFamilyTest {

    @TempDir
    private Path folder;

    private final NDManager manager = NDManager.newBaseManager();
    private final Map<String, NDArray> tensors = new LinkedHashMap<>();

    @BeforeEach
    void read() throws Exception {
        tensors.putAll(Networks.read(Networks.file("bart"), manager));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void copiesOfTheTableOfTokensAreAcceptedAndOneParameter() throws Exception {
        NDArray shared = shared();
        tensors.put("lm_head.weight", shared);
        tensors.put("model.encoder.embed_tokens.weight", shared);
        tensors.put("model.decoder.embed_tokens.weight", shared);
        Checkpointed checkpoint = open(write(tensors));
        assertThat(answer(checkpoint)).containsExactly(answer(open(Networks.file("bart"))));
        assertThat(checkpoint.fresh(manager).parameters())
                .extracting(Parameter::name)
                .contains("model.shared.weight")
                .doesNotContain("lm_head.weight", "final_logits_bias");
    }

    /** As the bare model is saved, whose answer has no bias; and as a writer saves that keeps another name. */
    @Test
    void aBareModelIsReadByAnyNameOfTheTable() throws Exception {
        Map<String, NDArray> bare = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> bare.put(name.replaceAll("^model\\.", ""), tensor));
        bare.remove("final_logits_bias");
        bare.put("lm_head.weight", Objects.requireNonNull(bare.remove("shared.weight")));
        tensors.put("final_logits_bias", manager.zeros(new Shape(1, 24)));
        float[] withoutBias = answer(open(Networks.write(folder.resolve("zero.safetensors"), tensors)));
        assertThat(answer(open(write(bare)))).containsExactly(withoutBias);
    }

    @Test
    void tiedTensorsThatDifferAreRefused() throws Exception {
        tensors.put("lm_head.weight", shared().add(1));
        Path file = write(tensors);
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(Refusal.class)
                .hasMessage("model.checkpoint is " + file + ": lm_head.weight (24, 8) and model.shared.weight (24, 8)"
                        + " differ; a bart has one table of tokens for all");
    }

    @Test
    void anotherHeadIsRefused() throws Exception {
        tensors.put("classification_head.dense.weight", manager.zeros(new Shape(8, 8)));
        Path file = write(tensors);
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(Refusal.class)
                .hasMessage("model.checkpoint is " + file
                        + ": its tensors are not those of a bart: left over classification_head.dense.weight");
    }

    @Test
    void theAnswerHasARowForEachPositionOfEachTarget() throws Exception {
        Checkpointed checkpoint = open(Networks.file("bart"));
        assertThat(checkpoint.answer(inputs(), manager).getShape()).isEqualTo(new Shape(2 * 4, 24));
    }

    @Test
    void aPositionDoesNotSeeThoseAfterIt() throws Exception {
        Network network = open(Networks.file("bart")).fresh(manager);
        NDList changed = inputs();
        changed.get("decoder_input_ids").set(new ai.djl.ndarray.index.NDIndex(":, 3"), 20);
        NDArray before = network.forward(inputs(), Mode.EVALUATION).reshape(2, 4, 24);
        NDArray after = network.forward(changed, Mode.EVALUATION).reshape(2, 4, 24);
        assertThat(after.get(":, :3").toFloatArray())
                .containsExactly(before.get(":, :3").toFloatArray());
        assertThat(after.get(":, 3").toFloatArray())
                .isNotEqualTo(before.get(":, 3").toFloatArray());
    }

    private NDArray shared() {
        return Objects.requireNonNull(tensors.get("model.shared.weight"));
    }

    private Checkpointed open(Path path) throws Refusal {
        return Networks.open(new Model.Bart(Networks.stored(path), null, Networks.BART), manager);
    }

    private Path write(Map<String, NDArray> all) throws Exception {
        return Networks.write(folder.resolve("other.safetensors"), all);
    }

    private float[] answer(Checkpointed checkpoint) {
        return checkpoint.fresh(manager).forward(inputs(), Mode.EVALUATION).toFloatArray();
    }

    private NDList inputs() {
        NDArray tokens = manager.create(new long[][] {{4, 5, 7}, {3, 19, 1}});
        tokens.setName("input_ids");
        NDArray targets = manager.create(new long[][] {{2, 9, 8, 3}, {2, 11, 23, 1}});
        targets.setName("decoder_input_ids");
        return new NDList(tokens, targets);
    }
}
