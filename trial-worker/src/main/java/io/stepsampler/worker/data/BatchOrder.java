package io.stepsampler.worker.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Which examples form the batches, the same for every learning rate of a search.
 *
 * <p>An epoch is a permutation of the examples: Fisher and Yates from the end, with {@link SplitMix64} of (seed, epoch),
 * epochs counted from 0. Batches are its consecutive slices; a short last one is dropped, and the next epoch begins.
 */
public final class BatchOrder {

    /** No epoch has this number, so the choice of validation examples is independent of their order in training. */
    private static final long VALIDATION_STREAM = -1;

    private BatchOrder() {}

    public static int[] permutation(int examples, long seed, long epoch) {
        int[] order = fileOrder(examples);
        SplitMix64 random = SplitMix64.of(seed, epoch);
        for (int last = examples - 1; last > 0; last--) {
            int chosen = random.below(last + 1);
            int swapped = order[last];
            order[last] = order[chosen];
            order[chosen] = swapped;
        }
        return order;
    }

    public static int[] fileOrder(int examples) {
        return IntStream.range(0, examples).toArray();
    }

    /** The first {@code batches} batches; every epoch must hold at least one. */
    public static List<int[]> trainingBatches(IntFunction<int[]> epochs, int batchSize, int batches) {
        List<int[]> chosen = new ArrayList<>();
        for (int epoch = 0; chosen.size() < batches; epoch++) {
            int[] order = epochs.apply(epoch);
            if (order.length < batchSize) {
                throw new IllegalArgumentException(
                        "an epoch of " + order.length + " examples holds no batch of " + batchSize);
            }
            for (int from = 0; from + batchSize <= order.length && chosen.size() < batches; from += batchSize) {
                chosen.add(Arrays.copyOfRange(order, from, from + batchSize));
            }
        }
        return chosen;
    }

    /** All examples, or as many as allowed drawn from the seed; in file order, the short last batch kept. */
    public static List<int[]> validationBatches(int examples, int atMost, long seed, int batchSize) {
        int[] chosen = examples <= atMost
                ? fileOrder(examples)
                : Arrays.copyOf(permutation(examples, seed, VALIDATION_STREAM), atMost);
        Arrays.sort(chosen);
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < chosen.length; from += batchSize) {
            batches.add(Arrays.copyOfRange(chosen, from, Math.min(from + batchSize, chosen.length)));
        }
        return batches;
    }
}
