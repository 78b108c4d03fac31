package io.stepsampler.worker.network;

import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Finding.Warning;
import java.util.List;

/** A checkpoint held in memory. Each network made of it has parameters and buffers that no other trial has touched. */
public interface Checkpointed {

    /** @param manager owns the network */
    Network fresh(NDManager manager);

    /** What the search calls it. */
    String location();

    /** SHA-256 of the checkpoint. */
    String digest();

    /** What to doubt in every trial of it. */
    default List<Warning> warnings() {
        return List.of();
    }
}
