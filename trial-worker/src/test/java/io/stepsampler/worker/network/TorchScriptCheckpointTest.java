package io.stepsampler.worker.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.network.Network.Mode;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchScriptCheckpointTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            two_outputs | it answers with the shapes [(2, 3), (2, 4)]
            dictionary  | it answers with the shapes [logits (2, 3), x (2, 4)]
            count       | it answers with int
            """)
    void anAnswerThatIsNotOneTensorIsRefused(String name, String answer) throws Refusal {
        Checkpointed checkpoint = Archives.checkpoint(name, manager);
        Archives.assertRefused(
                () -> checkpoint.answer(new NDList(manager.ones(new Shape(2, 4))), manager),
                name,
                "the model must take one tensor of shape (2, 4) and answer with one; " + answer);
    }

    @Test
    void anInputOfAnotherShapeIsRefusedInPyTorchsWords() throws Refusal {
        Checkpointed checkpoint = Archives.checkpoint("linear", manager);
        Archives.assertRefused(
                () -> checkpoint.answer(new NDList(manager.ones(new Shape(2, 5))), manager),
                "linear",
                "the model must take one tensor of shape (2, 5) and answer with one;"
                        + " PyTorch says: RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x5 and"
                        + " 4x3)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "frozen", "batchnorm_dropout", "two_inputs", "held"})
    void aModuleWhoseStateIsParametersAndBuffersStaysLoaded(String name) throws Refusal {
        Checkpointed checkpoint = Archives.checkpoint(name, manager);
        NDArray first = checkpoint.fresh(manager).parameters().get(0).array();
        assertThat(checkpoint.fresh(manager).parameters().get(0).array()).isSameAs(first);
    }

    @Test
    void aParameterOfAnotherTypeIsRefused() {
        Archives.assertRefused(
                () -> Archives.checkpoint("double", manager),
                "double",
                "the parameter weight is float64; what is trained must be float32");
    }

    @Test
    void aModuleThatKeepsMoreIsLoadedAnew() throws Refusal {
        Checkpointed checkpoint = Archives.checkpoint("recurrent", manager);
        NDArray first = checkpoint.fresh(manager).parameters().get(0).array();
        assertThat(checkpoint.fresh(manager).parameters().get(0).array()).isNotSameAs(first);
    }

    @Test
    void aModuleWithoutForwardIsRefused() {
        Archives.assertRefused(
                () -> Archives.checkpoint("without_forward", manager),
                "without_forward",
                "the module must have a method forward");
    }

    @Test
    void aModuleWithoutParametersIsRefused() {
        Archives.assertRefused(
                () -> Archives.checkpoint("no_parameter", manager),
                "no_parameter",
                "the module must have a parameter that requires a gradient");
    }

    @Test
    void anArchiveSavedOnCudaIsLoadedOnThisDevice() throws Refusal {
        NDList inputs = new NDList(manager.ones(new Shape(2, 4)));
        assertThat(Archives.checkpoint("cuda", manager).answer(inputs, manager).toFloatArray())
                .containsExactly(Archives.checkpoint("linear", manager)
                        .answer(inputs, manager)
                        .toFloatArray());
    }

    @Test
    void aFrozenParameterIsNotTrained() throws Refusal {
        assertThat(Archives.checkpoint("frozen", manager).fresh(manager).parameters())
                .extracting(Parameter::name)
                .containsExactly("first", "own");
    }

    @ParameterizedTest
    @CsvSource({"tied_tensor, 0", "tied_storage, 1"})
    void aTiedParameterIsGivenOnceWithTheWholeGradient(String name, int furtherTensors) throws Refusal {
        Network network = Archives.checkpoint(name, manager).fresh(manager);
        assertThat(network.parameters()).extracting(Parameter::name).containsExactly("first", "own");
        Parameter tied = network.parameters().get(0);
        assertThat(tied.tied()).hasSize(furtherTensors);
        JniUtils.setGradMode(true);
        try {
            NDArray answer = network.forward(new NDList(manager.ones(new Shape(1, 3))), Mode.TRAINING);
            JniUtils.backward((PtNDArray) answer, (PtNDArray) manager.ones(answer.getShape()), false, false);
        } finally {
            JniUtils.setGradMode(false);
        }
        NDArray gradient = gradient(tied.array());
        for (NDArray further : tied.tied()) {
            gradient = gradient.add(gradient(further));
        }
        // The answers' sum is 3 · 1ᵀWW1, so that the gradient is 3 · (1(W1)ᵀ + (Wᵀ1)1ᵀ).
        assertThat(gradient.toFloatArray()).containsExactly(13.5f, 6, 13.5f, 15, 7.5f, 15, 18, 10.5f, 18);
    }

    @Test
    void aTransposedViewOfTheSameStorageIsAParameterOfItsOwn() throws Refusal {
        assertThat(Archives.checkpoint("transposed_storage", manager)
                        .fresh(manager)
                        .parameters())
                .extracting(Parameter::name)
                .containsExactly("first", "second", "own");
    }

    @Test
    void aModuleTracedInEvaluationModeIsWarnedOf() throws Refusal {
        assertThat(Archives.checkpoint("traced_evaluating", manager).warnings())
                .containsExactly(new Warning(
                        "MODE_BAKED_IN",
                        "batch_norm, dropout of the module stay in evaluation mode in every training step,"
                                + " because they were traced in it; script the module, or trace it in training"
                                + " mode"));
    }

    @Test
    void aModuleTracedInTrainingModeIsWarnedOf() throws Refusal {
        assertThat(Archives.checkpoint("traced_training", manager).warnings())
                .containsExactly(new Warning(
                        "MODE_BAKED_IN",
                        "batch_norm, dropout of the module stay in training mode in every evaluation, because"
                                + " they were traced in it; script the module"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"batchnorm_dropout", "linear", "tied_tensor"})
    void aScriptedModuleIsNotWarnedOf(String name) throws Refusal {
        assertThat(Archives.checkpoint(name, manager).warnings()).isEmpty();
    }

    private static NDArray gradient(NDArray parameter) {
        return Objects.requireNonNull(JniUtils.getGradient((PtNDArray) parameter));
    }
}
