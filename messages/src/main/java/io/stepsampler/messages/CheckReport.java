package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.TrialEvent.Conditions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a search shows before anything is queued.
 *
 * @param inputs of the first training batch
 * @param targets of the first training batch, absent where the model answers with the loss
 * @param labels how often each class occurs in the first training batch; empty where there are no classes
 * @param trainedNumbers how many numbers a gradient is taken for
 * @param readSeconds to read checkpoint and data
 * @param resetSeconds to make a network as every trial begins with it
 * @param memoryBytes most memory that the process has held, libraries and data included
 * @param trials at rate 0 and at 1e-4
 * @param failure why it cannot be trained, absent when it can
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckReport(
        List<Tensor> inputs,
        @Nullable Tensor targets,
        Map<String, Long> labels,
        long trainedNumbers,
        double readSeconds,
        double resetSeconds,
        long memoryBytes,
        List<CheckedTrial> trials,
        @Nullable Conditions conditions,
        @Nullable Failed failure) {

    public CheckReport {
        inputs = List.copyOf(inputs);
        labels = Map.copyOf(labels);
        trials = List.copyOf(trials);
    }

    /** {@code name}: empty where the data has none. */
    public record Tensor(String name, String type, List<Long> shape) {

        public Tensor {
            shape = List.copyOf(shape);
        }
    }

    /** {@code gradientNorms}: of all gradients together, before each step; a norm that is not finite is left out. */
    public record CheckedTrial(double learningRate, Outcome outcome, List<Double> gradientNorms, double seconds) {

        public CheckedTrial {
            gradientNorms = List.copyOf(gradientNorms);
        }
    }

    public static CheckReport refused(Failed failure) {
        return new CheckReport(List.of(), null, Map.of(), 0, 0, 0, 0, List.of(), null, failure);
    }
}
