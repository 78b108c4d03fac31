package io.stepsampler.worker.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.network.Network.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TorchScriptInputsTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void namedInputsTakeThePlacesOfTheirArguments() throws Refusal {
        Checkpointed checkpoint = Archives.checkpoint("two_inputs", manager);
        NDArray rows = rows();
        NDArray shift = manager.full(new Shape(2, 3), 100f);
        float[] inOrder = answer(checkpoint, new NDList(rows, shift));
        float[] named = answer(checkpoint, new NDList(named("shift", shift), named("x", rows)));
        assertThat(named).containsExactly(inOrder);
    }

    @Test
    void anArgumentWithADefaultMayBeGiven() throws Refusal {
        Checkpointed checkpoint = Archives.checkpoint("two_inputs", manager);
        NDArray nothing = named("scale", manager.zeros(new Shape(1)));
        float[] scaled = answer(checkpoint, new NDList(nothing, named("x", rows()), named("shift", rows(3))));
        assertThat(scaled).containsOnly(0);
    }

    /** The engine makes a list of arrays named so, and another method of others. */
    @Test
    void aNameThatTheEngineReadsMeaningIntoIsOnlyAName() throws Refusal {
        Checkpointed checkpoint = Archives.checkpoint("linear", manager);
        float[] unnamed = answer(checkpoint, new NDList(rows()));
        assertThat(answer(checkpoint, new NDList(named("input", rows())))).containsExactly(unnamed);
        NDArray odd = named("x[]", rows());
        Archives.assertRefused(
                () -> checkpoint.answer(new NDList(odd), manager),
                "linear",
                "its forward takes input, and the data has x[]");
    }

    @Test
    void unknownNamesAreRefusedWithBothLists() throws Refusal {
        Checkpointed checkpoint = Archives.checkpoint("two_inputs", manager);
        NDList inputs = new NDList(named("x", rows()), named("mask", rows(3)));
        Archives.assertRefused(
                () -> checkpoint.answer(inputs, manager),
                "two_inputs",
                "its forward takes x, shift, scale (optional), and the data has x, mask");
    }

    @Test
    void anotherNumberOfInputsIsRefusedWithBothNumbers() throws Refusal {
        Checkpointed checkpoint = Archives.checkpoint("two_inputs", manager);
        Archives.assertRefused(
                () -> checkpoint.answer(new NDList(rows()), manager),
                "two_inputs",
                "its forward takes 2 to 3 tensors (x, shift, scale (optional)), and the data has 1");
    }

    @Test
    void anArgumentThatIsNoTensorIsRefused() throws Refusal {
        Checkpointed checkpoint = Archives.checkpoint("number_input", manager);
        Archives.assertRefused(
                () -> checkpoint.answer(new NDList(rows()), manager),
                "number_input",
                "its forward takes times of type int; it must take tensors only");
    }

    private float[] answer(Checkpointed checkpoint, NDList inputs) throws Refusal {
        float[] rehearsed = checkpoint.answer(inputs, manager).toFloatArray();
        assertThat(checkpoint.fresh(manager).forward(inputs, Mode.EVALUATION).toFloatArray())
                .containsExactly(rehearsed);
        return rehearsed;
    }

    private NDArray rows() {
        return rows(4);
    }

    private NDArray rows(int width) {
        return manager.arange(2f * width).reshape(2, width);
    }

    private static NDArray named(String name, NDArray array) {
        array.setName(name);
        return array;
    }
}
