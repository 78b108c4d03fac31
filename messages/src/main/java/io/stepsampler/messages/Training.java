package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a trial trains.
 *
 * @param batchSize rows for each optimizer step
 * @param microBatchSize rows that go through the network at once; absent: all of a batch
 * @param steps optimizer steps of one trial
 * @param warmupSteps over which the rate rises in equal parts to the one that is tried: k/warmupSteps of it at step k
 * @param clipNorm what the norm of all gradients is cut down to, where it is larger; absent: gradients stay as they are
 * @param groups of parameters that are treated otherwise; the first that matches a parameter's name holds
 * @param lengthen whether trials around the answer go on for longer until it holds
 * @param seed of the order of examples, augmentation and dropout
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Training(
        Loss loss,
        Optimizer optimizer,
        int batchSize,
        @Nullable Integer microBatchSize,
        int steps,
        Boolean lengthen,
        Integer warmupSteps,
        @Nullable Double clipNorm,
        List<ParameterGroup> groups,
        long seed) {

    public Training {
        lengthen = Absent.or(lengthen, false);
        warmupSteps = Absent.or(warmupSteps, 0);
        groups = List.copyOf(groups);
    }

    /** Whole batches at one rate, no group, no clipping. */
    public static Training plain(Loss loss, Optimizer optimizer, int batchSize, int steps, long seed) {
        return new Training(loss, optimizer, batchSize, null, steps, false, 0, null, List.of(), seed);
    }

    /**
     * @param match regular expression that is looked for in the names of parameters
     * @param factor what the rate is multiplied by
     * @param weightDecay instead of the optimizer's; absent: the optimizer's
     * @param frozen whether the parameters stay as they are
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ParameterGroup(
            String match, double factor, @Nullable Double weightDecay, boolean frozen) {}
}
