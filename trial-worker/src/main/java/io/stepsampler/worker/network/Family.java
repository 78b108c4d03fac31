package io.stepsampler.worker.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.stepsampler.worker.data.SplitMix64;
import io.stepsampler.worker.input.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** An architecture of a given size: what its tensors are called and what is computed with them. */
interface Family {

    /** As in "its tensors are not those of …". */
    String description();

    Layout layout();

    /** The stream that each tensor of the layout is drawn from, asked for in the layout's order. */
    default IntFunction<SplitMix64> streams(long seed) {
        return tensor -> SplitMix64.of(seed, tensor);
    }

    /** The tensors of a file under the names of the layout, without constants. */
    Map<String, NDArray> named(Map<String, NDArray> stored, String location) throws Refusal;

    boolean allowsNewHead();

    /** Whether a file without this tensor of the layout is complete all the same. */
    default boolean mayBeMissing(String name) {
        return false;
    }

    /** Whether this tensor of the layout may be drawn afresh where a new head is allowed. */
    boolean isHead(String name);

    /** Whether this tensor of a file may be left out where a new head is allowed. */
    boolean isOtherHead(String name);

    Network network(Map<String, NDArray> tensors);

    /** The numbers that shape the network, wherever they come from; absent where the options are all of them. */
    default Optional<Record> configuration() {
        return Optional.empty();
    }

    /** Refuses inputs that the network cannot take, before PyTorch fails on them. */
    default void requireFit(NDList inputs, String location) throws Refusal {}
}
