package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.worker.input.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A checkpoint held in memory, and a network of it whose parameters and buffers are the checkpoint's again. */
public interface Checkpointed {

    /**
     * The network given before is no more to be used.
     *
     * @param manager owns what is made for it
     */
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

    /** SHA-256 of what shapes the network besides its tensors and the options; absent where nothing does. */
    default @Nullable String configurationDigest() {
        return null;
    }

    /** What to doubt in every trial of it. */
    default List<Warning> warnings() {
        return List.of();
    }
}
