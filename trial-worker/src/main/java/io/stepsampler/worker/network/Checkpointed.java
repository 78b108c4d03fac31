package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.worker.input.Refusal;
import java.util.List;

/** A checkpoint held in memory. Each network made of it has parameters and buffers that no other trial has touched. */
public interface Checkpointed {

    /** @param manager owns the network */
    Network fresh(NDManager manager);

    /** Refuses inputs that a look at their names, types and numbers shows the network not to take. */
    default void requireFit(NDList inputs) throws Refusal {}

    /**
     * What a fresh network answers in evaluation mode; refused where it cannot take these inputs or does not answer with
     * one tensor.
     *
     * @param manager owns the network
     */
    default NDArray answer(NDList inputs, NDManager manager) throws Refusal {
        requireFit(inputs);
        return Rehearsal.answer(
                this, inputs, "Tensor", () -> new NDList(fresh(manager).forward(inputs, Network.Mode.EVALUATION)));
    }

    /** What the search calls it. */
    String location();

    /** SHA-256 of the checkpoint. */
    String digest();

    /** What to doubt in every trial of it. */
    default List<Warning> warnings() {
        return List.of();
    }
}
