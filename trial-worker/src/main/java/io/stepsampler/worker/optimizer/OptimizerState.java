package io.stepsampler.worker.optimizer;

import ai.djl.ndarray.NDArray;
import io.stepsampler.worker.input.Digest;
import java.util.Map;
import java.util.Optional;

/** What an optimizer remembers of parameters when a trial begins. Trials copy it and leave it as it is. */
public final class OptimizerState {

    /** Of an optimizer that has not moved anything. */
    public static final OptimizerState FRESH = new OptimizerState(Map.of(), "");

    private final Map<String, Remembered> byParameter;
    private final String digest;

    /**
     * @param byParameter nothing of a parameter that was never moved
     * @param digest SHA-256 of the file; empty for a fresh optimizer
     */
    OptimizerState(Map<String, Remembered> byParameter, String digest) {
        this.byParameter = Map.copyOf(byParameter);
        this.digest = digest;
    }

    /** @param steps by which the parameter has been moved, counted where the update depends on it, else 1 */
    record Remembered(long steps, Map<Slot, NDArray> tensors) {

        Remembered {
            tensors = Map.copyOf(tensors);
        }
    }

    long steps(String parameter) {
        return Optional.ofNullable(byParameter.get(parameter))
                .map(Remembered::steps)
                .orElse(0L);
    }

    Optional<NDArray> tensor(String parameter, Slot slot) {
        return Optional.ofNullable(byParameter.get(parameter))
                .map(remembered -> remembered.tensors().get(slot));
    }

    /** One digest of all that a trial begins with: the checkpoint's own where the optimizer is fresh. */
    public String digestWith(String checkpointDigest) {
        return digest.isEmpty()
                ? checkpointDigest
                : new Digest().add(checkpointDigest + " " + digest).hex();
    }
}
