package io.stepsampler.bench;

import java.util.List;

/** @param sorted at least one, ascending */
record Percentiles(List<Double> sorted) {

    static Percentiles of(List<Double> values) {
        return new Percentiles(values.stream().sorted().toList());
    }

    /** @param share from 0, the smallest, to 1, the largest */
    double at(double share) {
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }

    double mean() {
        return sorted.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    double shareUpTo(double bound) {
        return sorted.stream().filter(value -> value <= bound).count() / (double) sorted.size();
    }
}
