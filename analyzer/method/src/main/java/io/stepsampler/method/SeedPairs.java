package io.stepsampler.method;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * One loss for each rate from several seeds: y = f(x) + b + e with b of the seed.
 *
 * <p>b is the median of the seed's differences, at the rates that both have, the baseline included, from the seed that has
 * most rates: a seed that was run at a few rates only does not bend the curve there, and a rate at which training is
 * chaotic does not shift it. A rate at which any seed diverged counts as diverged.
 */
final class SeedPairs {

    private SeedPairs() {}

    /** @param loss the mean of the seeds, each without its b; absent where one diverged */
    record Merged(@Nullable Double loss, int trials) {}

    /** By rate, in order. */
    static Map<LearningRate, Merged> merge(List<CurveRow> rows) {
        Map<String, List<CurveRow>> bySeed =
                rows.stream().collect(Collectors.groupingBy(SeedPairs::seedOf, TreeMap::new, Collectors.toList()));
        Map<String, Double> offsets = offsets(bySeed);
        Map<LearningRate, List<CurveRow>> byRate =
                rows.stream().collect(Collectors.groupingBy(CurveRow::rate, TreeMap::new, Collectors.toList()));
        Map<LearningRate, Merged> merged = new TreeMap<>();
        byRate.forEach((rate, trials) -> merged.put(rate, new Merged(mean(trials, offsets), trials.size())));
        return merged;
    }

    private static @Nullable Double mean(List<CurveRow> trials, Map<String, Double> offsets) {
        double sum = 0;
        for (CurveRow row : trials) {
            Double loss = row.loss();
            if (loss == null) {
                return null;
            }
            sum += (loss - offsets.getOrDefault(seedOf(row), 0.0)) / trials.size();
        }
        return Double.isFinite(sum) ? (Double) sum : null;
    }

    private static Map<String, Double> offsets(Map<String, List<CurveRow>> bySeed) {
        Map<LearningRate, Double> reference = bySeed.values().stream()
                .max(Comparator.comparingInt(List::size))
                .map(SeedPairs::losses)
                .orElse(Map.of());
        Map<String, Double> offsets = new HashMap<>();
        bySeed.forEach((seed, rows) -> {
            Map<LearningRate, Double> losses = losses(rows);
            offsets.put(
                    seed,
                    median(losses.keySet().stream()
                            .filter(reference::containsKey)
                            .mapToDouble(rate -> Objects.requireNonNull(losses.get(rate))
                                    - Objects.requireNonNull(reference.get(rate)))));
        });
        return offsets;
    }

    private static Map<LearningRate, Double> losses(List<CurveRow> rows) {
        Map<LearningRate, Double> losses = new HashMap<>();
        for (CurveRow row : rows) {
            Double loss = row.loss();
            if (loss != null) {
                losses.put(row.rate(), loss);
            }
        }
        return losses;
    }

    /** 0 of none. */
    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted.length == 0
                ? 0
                : Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
                        .average()
                        .orElseThrow();
    }

    private static String seedOf(CurveRow row) {
        return String.valueOf(row.seed());
    }
}
