package io.stepsampler.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Model;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.network.Network.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BertFamilyTest {

    private static final String NOT_THOSE = ": its tensors are not those of a bert with 3 classes: ";

    @TempDir
    private Path folder;

    private final NDManager manager = NDManager.newBaseManager();
    private final Map<String, NDArray> tensors = new LinkedHashMap<>();

    @BeforeEach
    void read() throws Exception {
        tensors.putAll(Networks.read(Networks.file("bert"), manager));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aFolderWithPartsAndAConfigurationIsReadAsAWhole() throws Exception {
        Map<String, NDArray> first = new LinkedHashMap<>(tensors);
        first.keySet().removeIf(name -> name.contains("layer.1"));
        Map<String, NDArray> second = new LinkedHashMap<>(tensors);
        second.keySet().removeAll(first.keySet());
        Networks.write(folder.resolve("model-1.safetensors"), first);
        Networks.write(folder.resolve("model-2.safetensors"), second);
        Files.writeString(
                folder.resolve("model.safetensors.index.json"),
                "{\"weight_map\":{\"a\":\"model-1.safetensors\",\"b\":\"model-2.safetensors\"}}");
        Files.writeString(
                folder.resolve("config.json"),
                "{\"model_type\":\"bert\",\"vocab_size\":20,\"hidden_size\":8,\"num_hidden_layers\":2,"
                        + "\"num_attention_heads\":2,\"intermediate_size\":12,\"max_position_embeddings\":10}");
        Model.Bert model = new Model.Bert(
                Networks.stored(folder),
                null,
                new Model.Bert.Options(null, 3, false, null, null, null, null, null, null, null, null));
        assertThat(answer(Networks.open(model, manager))).containsExactly(expected());
    }

    @Test
    void aPartOutsideTheFolderIsRefused() throws Exception {
        Files.writeString(
                folder.resolve("model.safetensors.index.json"), "{\"weight_map\":{\"a\":\"../other.safetensors\"}}");
        assertThatThrownBy(() -> open(folder, false))
                .isInstanceOf(Refusal.class)
                .hasMessage("model.checkpoint is " + folder + ": model.safetensors.index.json must name .safetensors"
                        + " files of the folder in weight_map");
    }

    @Test
    void anIndexThatIsNoJsonIsRefused() throws Exception {
        Files.writeString(folder.resolve("model.safetensors.index.json"), "weight_map: {}");
        assertThatThrownBy(() -> open(folder, false))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("model.checkpoint is " + folder
                        + ": model.safetensors.index.json cannot be read (Unrecognized token 'weight_map': ")
                .hasMessageEndingWith(")");
    }

    @Test
    void aFolderWithoutWeightsIsRefused() {
        assertThatThrownBy(() -> open(folder, false))
                .isInstanceOf(Refusal.class)
                .hasMessage("model.checkpoint is " + folder
                        + ": the folder must hold model.safetensors or model.safetensors.index.json");
    }

    @Test
    void oldNamesOfNormsAndConstantsAreKnown() throws Exception {
        Map<String, NDArray> old = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> old.put(
                name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"),
                tensor));
        old.put("bert.embeddings.position_ids", manager.zeros(new Shape(1, 10), DataType.INT64));
        assertThat(answer(open(write(old), false))).containsExactly(expected());
    }

    @Test
    void weightsOfHalfPrecisionBecomeFloats() throws Exception {
        Map<String, NDArray> halves = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> halves.put(name, tensor.toType(DataType.FLOAT16, true)));
        float[] answer = answer(open(write(halves), false));
        for (int i = 0; i < answer.length; i++) {
            assertThat(answer[i]).isCloseTo(expected()[i], within(0.02f));
        }
    }

    /** As {@code BertModel} is saved, and with another task's head beside it. */
    @Test
    void aBareEncoderNeedsANewHead() throws Exception {
        Map<String, NDArray> bare = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> bare.put(name.replaceAll("^bert\\.", ""), tensor));
        bare.remove("classifier.weight");
        bare.remove("classifier.bias");
        bare.put("cls.predictions.bias", manager.zeros(new Shape(20)));
        Path file = write(bare);
        assertThatThrownBy(() -> open(file, false))
                .isInstanceOf(Refusal.class)
                .hasMessage("model.checkpoint is " + file + NOT_THOSE
                        + "missing classifier.weight, classifier.bias; left over cls.predictions.bias;"
                        + " model.options.allowNewHead allows that");
        Network network = open(file, true).fresh(manager);
        assertThat(network.parameters()).hasSize(41).extracting(Parameter::name).endsWith("classifier.bias");
        NDArray head = network.parameters().get(39).array();
        assertThat(head.abs().max().getFloat()).isBetween(0.01f, 0.1f);
        assertThat(open(file, true).fresh(manager).parameters().get(39).array()).isEqualTo(head);
    }

    @Test
    void whatIsMissingLeftOverOrMisshapenIsNamedAndAllowedByNothing() throws Exception {
        tensors.remove("bert.encoder.layer.0.output.dense.bias");
        tensors.put("bert.encoder.layer.2.output.dense.bias", manager.zeros(new Shape(8)));
        tensors.put("bert.pooler.dense.bias", manager.zeros(new Shape(8), DataType.INT64));
        tensors.put("bert.embeddings.word_embeddings.weight", manager.zeros(new Shape(21, 8)));
        Path file = write(tensors);
        assertThatThrownBy(() -> open(file, false))
                .isInstanceOf(Refusal.class)
                .hasMessage("model.checkpoint is " + file + NOT_THOSE
                        + "missing bert.encoder.layer.0.output.dense.bias;"
                        + " left over bert.encoder.layer.2.output.dense.bias;"
                        + " bert.embeddings.word_embeddings.weight with the shape (21, 8) instead of (20, 8),"
                        + " bert.pooler.dense.bias of the type int64 instead of a float type");
        assertThatThrownBy(() -> open(file, true))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("missing bert.encoder.layer.0.output.dense.bias; left over");
    }

    @Test
    void aFreshOneHasTheSeedsNumbersAndAPaddingRowOfZeros() throws Exception {
        Checkpointed drawn = Networks.open(Networks.bert(new Checkpoint.Fresh(3), null, false, 3), manager);
        Checkpointed again = Networks.open(Networks.bert(new Checkpoint.Fresh(3), null, false, 3), manager);
        Checkpointed other = Networks.open(Networks.bert(new Checkpoint.Fresh(4), null, false, 3), manager);
        assertThat(drawn.digest()).isEqualTo(again.digest()).isNotEqualTo(other.digest());
        assertThat(drawn.location()).isEqualTo("seed 3");
        NDArray words = drawn.fresh(manager).parameters().get(0).array();
        assertThat(words.get(0).toFloatArray()).containsOnly(0);
        assertThat(words.get("1:").square().mean().sqrt().getFloat()).isCloseTo(0.02f, within(0.004f));
    }

    @Test
    void dropoutTrainsOnly() throws Exception {
        Network network = open(Networks.file("bert"), false).fresh(manager);
        float[] first = network.forward(inputs(), Mode.TRAINING).toFloatArray();
        assertThat(network.forward(inputs(), Mode.TRAINING).toFloatArray()).isNotEqualTo(first);
        assertThat(network.forward(inputs(), Mode.EVALUATION).toFloatArray()).containsExactly(expected());
    }

    private Checkpointed open(Path path, boolean allowNewHead) throws Refusal {
        return Networks.open(Networks.bert(Networks.stored(path), null, allowNewHead, 3), manager);
    }

    private Path write(Map<String, NDArray> all) throws Exception {
        return Networks.write(folder.resolve("other.safetensors"), all);
    }

    private float[] expected() throws Refusal {
        return answer(open(Networks.file("bert"), false));
    }

    private float[] answer(Checkpointed checkpoint) {
        return checkpoint.fresh(manager).forward(inputs(), Mode.EVALUATION).toFloatArray();
    }

    private NDList inputs() {
        NDArray tokens = manager.create(new long[][] {{2, 5, 7}, {3, 19, 1}});
        tokens.setName("input_ids");
        return new NDList(tokens);
    }
}
