package io.stepsampler.method;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The fewest rates that give places a neighbour within the threshold on both sides: one rate may serve several. */
record FewestNeighbours(double thresholdDecades) {

    /** What a place may still move, in thresholds, and keep its neighbours. */
    private static final double MARGIN = 0.1;

    /** Where a neighbour may lie, as log10 of the rate. */
    private record Span(double from, double to) {}

    /** @param places with their neighbours, of which those that are too far do not count; by rate */
    List<LearningRate> of(List<Bracket> places) {
        List<Span> spans = new ArrayList<>();
        for (Bracket place : places) {
            place.farNeighbours(thresholdDecades)
                    .forEach(far -> spans.add(span(place.rate(), far.compareTo(place.rate()) < 0 ? -1 : 1)));
        }
        spans.sort(Comparator.comparingDouble(Span::to));
        List<LearningRate> rates = new ArrayList<>();
        while (!spans.isEmpty()) {
            double to = spans.get(0).to();
            List<Span> served = spans.stream().filter(span -> span.from() <= to).toList();
            double from = served.stream().mapToDouble(Span::from).max().orElseThrow();
            rates.add(LearningRate.ofExponent((from + to) / 2));
            spans.removeAll(served);
        }
        return rates;
    }

    private Span span(LearningRate place, int side) {
        double near = place.exponent() + side * MARGIN * thresholdDecades;
        double far = place.exponent() + side * (1 - MARGIN) * thresholdDecades;
        return new Span(Math.min(near, far), Math.max(near, far));
    }
}
