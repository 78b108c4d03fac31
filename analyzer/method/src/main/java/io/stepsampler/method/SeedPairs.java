package io.stepsampler.method;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One loss for each rate from several seeds: y = f(x) + b + e with b of the seed.
 *
 * <p>b is the seed's mean over the rates that every seed has, the baseline included, against the mean of all seeds: a seed
 * that was run at a few rates only does not bend the curve there. A rate at which any seed diverged counts as diverged.
 */
final class SeedPairs {

    private SeedPairs() {}

    /** The loss of each rate, in order; absent where it diverged. */
    static Map<LearningRate, @Nullable Double> merge(List<CurveRow> rows) {
        Map<String, Double> offsets = offsets(rows);
        Map<LearningRate, List<CurveRow>> byRate =
                rows.stream().collect(Collectors.groupingBy(CurveRow::rate, TreeMap::new, Collectors.toList()));
        Map<LearningRate, @Nullable Double> losses = new TreeMap<>();
        byRate.forEach((rate, seeds) -> losses.put(rate, mean(seeds, offsets)));
        return losses;
    }

    private static @Nullable Double mean(List<CurveRow> seeds, Map<String, Double> offsets) {
        double sum = 0;
        for (CurveRow row : seeds) {
            Double loss = row.loss();
            if (loss == null) {
                return null;
            }
            sum += (loss - offsets.getOrDefault(seedOf(row), 0.0)) / seeds.size();
        }
        return Double.isFinite(sum) ? (Double) sum : null;
    }

    private static Map<String, Double> offsets(List<CurveRow> rows) {
        Map<String, List<CurveRow>> bySeed =
                rows.stream().filter(row -> row.loss() != null).collect(Collectors.groupingBy(SeedPairs::seedOf));
        Set<LearningRate> shared =
                new HashSet<>(rows.stream().map(CurveRow::rate).toList());
        bySeed.values()
                .forEach(seed ->
                        shared.retainAll(seed.stream().map(CurveRow::rate).toList()));
        Map<String, Double> means = new HashMap<>();
        List<Double> all = new ArrayList<>();
        bySeed.forEach((seed, ofSeed) -> {
            double mean = ofSeed.stream()
                    .filter(row -> shared.contains(row.rate()))
                    .map(CurveRow::loss)
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(0);
            means.put(seed, mean);
            all.add(mean);
        });
        double overall = all.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        means.replaceAll((seed, mean) -> mean - overall);
        return means;
    }

    private static String seedOf(CurveRow row) {
        return String.valueOf(row.seed());
    }
}
