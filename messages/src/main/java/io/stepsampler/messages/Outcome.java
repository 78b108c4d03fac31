package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a trial ended: exactly one of three. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Outcome.Measured.class, name = "measured"),
    @JsonSubTypes.Type(value = Outcome.Diverged.class, name = "diverged"),
    @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed")
})
public sealed interface Outcome {

    /** So many losses fit a message; no trial of a curve has more, but one that is longer than those may. */
    int MOST_STEP_LOSSES = 20_000;

    /**
     * A finite validation loss, however large.
     *
     * @param stepLosses the training loss of every step, or of the first {@link #MOST_STEP_LOSSES}
     */
    record Measured(double loss, List<Double> stepLosses) implements Outcome {

        public Measured {
            requireFinite("loss", loss);
            stepLosses = List.copyOf(stepLosses);
            stepLosses.forEach(stepLoss -> requireFinite("stepLosses", stepLoss));
        }
    }

    /**
     * A result, never a failure: the loss or a parameter left the finite numbers, or the training loss ran away.
     *
     * @param step the step at which that was seen, counted from 1
     * @param stepLosses the finite training losses of the steps before it, or of the first {@link #MOST_STEP_LOSSES}
     */
    record Diverged(int step, List<Double> stepLosses) implements Outcome {

        public Diverged {
            if (step < 1) {
                throw new IllegalArgumentException("step is " + step + "; steps are counted from 1");
            }
            stepLosses = List.copyOf(stepLosses);
            stepLosses.forEach(stepLoss -> requireFinite("stepLosses", stepLoss));
        }
    }

    /**
     * No result.
     *
     * @param key what is wrong, as a path of the search file, when it is one key's fault
     * @param value the value found there
     * @param text one sentence that says what is wrong and what is allowed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Failed(Code code, @Nullable String key, @Nullable String value, String text) implements Outcome {}

    /** The first three speak of the search and end it; the others speak of one probe. */
    enum Code {
        BAD_INPUT,
        POLICY,
        UNSUPPORTED,
        CRASHED,
        DEADLINE,
        OUT_OF_MEMORY;

        public boolean endsSearch() {
            return compareTo(UNSUPPORTED) <= 0;
        }
    }

    private static void requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; an outcome holds finite numbers only");
        }
    }
}
